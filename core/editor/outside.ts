import type { OutsideEdit } from '../../contract/models/outside-edit.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { TEXT_LIMITS } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { Files, Where } from '../files/files.ts'
import type { CoreHost } from '../host.ts'
import type { Log } from '../log.ts'
import { pause } from '../pause.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { toUserError, UserError } from '../user-error.ts'
import type { Drafts } from './drafts.ts'
import { decodeText } from './encoding.ts'
import { type LocalCopy, leftCopies, makeCopy, type Origin } from './local-copy.ts'
import { readWhole } from './read.ts'
import { save } from './save.ts'
import { versionOf } from './version.ts'

/** Files of hosts in the system's own editor. */
export interface Outside {
  readonly state: ReadonlyState<OutsideEdit[]>
  /** Throws UserError EDITOR_NOT_OPENED, FILE_NOT_EDITABLE, and what `Files` throws. */
  open(file: Where & { path: string }): Promise<void>
  /** After a conflict or a failure. `overwrite`: whatever is there now. */
  save(id: string, overwrite: boolean): Promise<void>
  /** Ends it; what did not come to the host is unsaved work then. */
  close(id: string): Promise<void>
  closeAll(): Promise<void>
}

interface OutsideServices {
  readonly files: Pick<Files, 'on'>
  readonly terminals: Terminals
  readonly drafts: Drafts
  readonly host: CoreHost
  readonly log: Log
  /** Between two looks at what the editor has written. */
  readonly lookMs?: number
}

interface Editing {
  readonly copy: LocalCopy
  from: Origin
  readonly over: AbortController
  saving: Promise<void>
}

const LOOK_MS = 400

export function createOutside({ files, terminals, drafts, host, log, lookMs = LOOK_MS }: OutsideServices): Outside {
  const state = createState<OutsideEdit[]>([])
  const open = new Map<string, Editing>()
  const swept = sweep(host.dataFolder, drafts).catch((error) => log.error({ err: error }, 'copies that were left could not be looked at'))
  const setPhase = (id: string, phase: OutsideEdit['phase']) =>
    state.update((edits) => edits.map((edit) => (edit.id === id ? { ...edit, phase } : edit)))

  async function openCopy({ path }: LocalCopy, shown: string) {
    const problem = host.openPath ? await host.openPath(path) : 'no such way'
    if (problem !== '') throw new UserError('EDITOR_NOT_OPENED', { path: shownName(shown), said: problem })
  }
  /** Each save of the editor's, once it has lain still for a look. */
  async function watch({ copy, over }: Editing) {
    let last = await copy.stamp()
    let handled = last
    for (;;) {
      await pause(lookMs, over.signal)
      const now = await copy.stamp()
      if (now !== undefined && now === last && now !== handled) {
        handled = now
        await bring(copy.id, false)
      }
      last = now
    }
  }
  function bring(id: string, overwrite: boolean): Promise<void> {
    const editing = open.get(id)
    if (!editing) return Promise.resolve()
    editing.saving = editing.saving.then(() => bringNow(editing, overwrite))
    return editing.saving
  }
  async function bringNow(editing: Editing, overwrite: boolean) {
    const { copy, from } = editing
    try {
      const bytes = await copy.read()
      if (!overwrite && versionOf(bytes, {}).hash === from.version.hash) return
      setPhase(copy.id, { kind: 'saving' })
      const terminalId = terminalOf(from)
      const outcome = await files.on({ terminalId, asRoot: from.asRoot })((channel) =>
        save(channel, { path: from.path, expected: overwrite ? 'any' : from.version, bytes }),
      )
      if (outcome.kind === 'conflict') return setPhase(copy.id, { kind: 'conflict' })
      editing.from = { ...from, version: outcome.version }
      await copy.setOrigin(editing.from)
      setPhase(copy.id, { kind: 'open', savedAt: new Date().toISOString() })
    } catch (error) {
      setPhase(copy.id, { kind: 'failed', error: toUserError(error, log) })
    }
  }
  /** The one it was opened beside may be gone. */
  function terminalOf({ target, host: name }: Origin): string {
    const wanted = targetKey(target)
    const found = terminals.state.value.find((terminal) => terminal.phase.kind === 'open' && targetKey(terminal.target) === wanted)
    if (!found) throw new UserError('FILES_UNAVAILABLE', { host: name, problem: 'not-connected' })
    return found.id
  }
  async function close(id: string) {
    const editing = open.get(id)
    if (!editing) return
    editing.over.abort()
    await editing.saving
    open.delete(id)
    await keepUnsaved(editing.copy, editing.from, await editing.copy.read().catch(() => undefined), drafts)
    state.update((edits) => edits.filter((edit) => edit.id !== id))
  }

  return {
    state,
    close,
    save: bring,
    async open({ path: asked, ...where }) {
      await swept
      const { target, name } = terminals.state.value.find(({ id }) => id === where.terminalId) ?? {}
      if (!target || target.kind === 'local' || name === undefined) throw new UserError('TERMINAL_GONE', { id: where.terminalId })
      const { path, bytes, attributes } = await files.on(where)((channel) => readWhole(channel, asked, TEXT_LIMITS.most))
      if (!decodeText(bytes)) throw new UserError('FILE_NOT_EDITABLE', { path: shownName(path), problem: 'binary', size: bytes.length })
      const asRoot = where.asRoot ?? false
      const before = state.value.find(
        (edit) => edit.path === path && edit.asRoot === asRoot && targetKey(edit.target) === targetKey(target),
      )
      const there = before && open.get(before.id)
      if (there) return openCopy(there.copy, path)
      const from = { target, host: name, path, asRoot, version: versionOf(bytes, attributes) }
      const copy = await makeCopy(host.dataFolder, from, bytes)
      try {
        await openCopy(copy, path)
      } catch (error) {
        await copy.remove()
        throw error
      }
      const editing = { copy, from, over: new AbortController(), saving: Promise.resolve() }
      open.set(copy.id, editing)
      state.update((edits) => [...edits, { id: copy.id, target, host: name, path, asRoot, phase: { kind: 'open' } }])
      // It ends with the edit.
      watch(editing).catch((error) => editing.over.signal.aborted || log.error({ err: error }, 'a copy is watched no more'))
    },
    async closeAll() {
      await Promise.all([...open.keys()].map(close))
    },
  }
}

async function sweep(dataFolder: string, drafts: Drafts): Promise<void> {
  for (const { copy, from, bytes } of await leftCopies(dataFolder)) await keepUnsaved(copy, from, bytes, drafts)
}

/** What is in the copy and not on the host becomes unsaved work of the editor's; the copy goes. What is no text stays where it is. */
async function keepUnsaved(copy: LocalCopy, from: Origin | undefined, bytes: Buffer | undefined, drafts: Drafts): Promise<void> {
  if (from && bytes && versionOf(bytes, {}).hash !== from.version.hash) {
    const content = decodeText(bytes)
    if (!content) return
    await drafts.keep({ ...from, ...content })
  }
  await copy.remove()
}
