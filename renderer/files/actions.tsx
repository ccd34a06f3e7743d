import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { create } from 'zustand'
import { type FileEntry, isPlainName } from '../../contract/models/file.ts'
import { localIdOf } from '../../contract/models/local-folder.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { carryFiles, sameHost } from '../transfers/actions.ts'
import { joinPath } from './paths.ts'
import type { Pane } from './source.ts'
import type { ViewStore } from './view.ts'
import { operate } from './work.ts'

/** Where something is done: a folder that is shown. */
export interface Place {
  readonly terminalId: string
  readonly view: ViewStore
  /** The folder. */
  readonly path: string
  refresh(): void
}
/** Entries of a folder that are on their way to another. */
export interface Held {
  readonly terminalId: string
  readonly folder: string
  readonly names: readonly string[]
  readonly how: 'move' | 'copy'
  readonly asRoot: boolean
}

/** What was cut or copied, or is being dragged. */
export const useHeld = create<{ readonly clipboard?: Held | undefined; readonly dragged?: Held | undefined }>(() => ({}))

export function hold({ terminalId, path, view }: Place, how: Held['how']): void {
  const names = [...view.getState().selected]
  if (names.length > 0) useHeld.setState({ clipboard: { terminalId, folder: path, names, how, asRoot: view.getState().asRoot } })
}

export async function paste(place: Place): Promise<void> {
  const held = useHeld.getState().clipboard
  if (!held) return
  if (held.how === 'move') useHeld.setState({ clipboard: undefined })
  await bring(place, held, place.path)
}

/** In the system's own editor, which only the desktop can open. */
export async function openOutside({ terminalId, view, path }: Place, { name }: FileEntry): Promise<void> {
  if (!useLive.getState().info?.canOpenFiles) notifications.show({ message: i18next.t('files:editOutsideDesktop') })
  else await attempt(() => api.editor.outside.open({ terminalId, asRoot: view.getState().asRoot, path: joinPath(path, name) }))
}

/** What is selected in one pane, or else what the keyboard is on, to the folder of the other. */
export function carry(place: Place, { other }: Pane, how: Held['how']): void {
  const { selected, cursor, asRoot } = place.view.getState()
  const names = (selected.size > 0 ? [...selected] : [cursor ?? '']).filter(isPlainName)
  const to = other.current?.place
  if (!to || names.length === 0) return
  void bring(to, { terminalId: place.terminalId, asRoot, folder: place.path, names, how }, to.path).then(place.refresh)
}

/** As people call it. */
function sideName(terminalId: string): string {
  if (localIdOf(terminalId) !== undefined) return i18next.t('files:panes.here')
  return useLive.getState().terminals.find(({ id }) => id === terminalId)?.name ?? ''
}

/** Into a folder: on the same host by the host itself, from or to another one as transfers. */
export async function bring(place: Place, { terminalId, asRoot, folder, names, how }: Held, to: string): Promise<void> {
  if (!sameHost(terminalId, place.terminalId)) {
    const paths = names.map((name) => joinPath(folder, name))
    const here = { terminalId: place.terminalId, asRoot: place.view.getState().asRoot, folder: to }
    const go = () => carryFiles({ terminalId, asRoot }, paths, here, how === 'move')
    if (how === 'copy') return go()
    const what = { names, from: sideName(terminalId), to: sideName(place.terminalId), folder: to }
    return openDialog({ kind: 'move-files', ...what, go: () => void go() })
  }
  if (how === 'copy') {
    const paths = names.map((name) => joinPath(folder, name))
    await operate(place, { kind: 'copy', paths, folder: to })
    return place.refresh()
  }
  if (folder !== to)
    await move(
      place,
      names.map((name) => ({ from: joinPath(folder, name), to: joinPath(to, name) })),
    )
}

interface Move {
  readonly from: string
  readonly to: string
}

/** With a way back. */
async function move(place: Place, moves: readonly Move[]): Promise<void> {
  const done = await operate(place, { kind: 'move', moves: [...moves] })
  place.refresh()
  if (done) offerUndo(place, moves)
}

export async function rename(place: Place, name: string, to: string): Promise<void> {
  place.view.setState({ renaming: undefined })
  if (to === name || to === '') return
  await move(place, [{ from: joinPath(place.path, name), to: joinPath(place.path, to) }])
  select(place, to)
}

export async function make(place: Place, kind: 'make-file' | 'make-folder', name: string): Promise<void> {
  if (!(await operate(place, { kind, path: joinPath(place.path, name) }))) return
  select(place, name)
  place.refresh()
}

export function select({ view }: Place, name: string): void {
  view.setState({ selected: new Set([name]), cursor: name })
}

const UNDO_MS = 12_000

function offerUndo(place: Place, moves: readonly Move[]): void {
  const t = i18next.getFixedT(null, 'files')
  const id = `moved-${Date.now()}`
  const [first] = moves
  const undo = async () => {
    notifications.hide(id)
    // The last first: one may have made room for another.
    await operate(place, { kind: 'move', moves: moves.map(({ from, to }) => ({ from: to, to: from })).reverse() })
    place.refresh()
  }
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('moved', { count: moves.length, name: first && shownName(first.to) })}</Text>
        <Button size="compact-sm" variant="light" onClick={() => void undo()}>
          {t('undo')}
        </Button>
      </Group>
    ),
  })
}
