import { useResizeObserver } from '@mantine/hooks'
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { api } from '../api/client.ts'
import { useLive, useSettings } from '../api/live.ts'
import { ErrorBoundary } from '../app/error-boundary.tsx'
import { change } from '../settings/change.ts'
import type { Session } from '../terminal/session.ts'
import type { RemoteTab } from '../workspace/tabs.ts'
import classes from './files.module.css'

const FilesPanel = lazy(async () => ({ default: (await import('./files-panel.tsx')).FilesPanel }))

/** Below this a terminal has too little left beside the files: there they come only when they are asked for. */
const ROOMY_WIDTH = 620
const LEAST_WIDTH = 180
const LEAST_FOR_TERMINAL = 120
const STEP = 20

interface Shown {
  /** Tabs without room, by their keys: what the person wants there. */
  readonly asked: Readonly<Record<string, boolean>>
  readonly roomy: Readonly<Record<string, boolean>>
}
const useShown = create<Shown>(() => ({ asked: {}, roomy: {} }))

/** Whether a tab shows the files beside its terminal. */
export function useFilesShown(key: string): boolean {
  const { filesOpen } = useSettings()
  const roomy = useShown((shown) => shown.roomy[key] ?? false)
  const asked = useShown((shown) => shown.asked[key] ?? false)
  return roomy ? filesOpen : asked
}

export function showFiles(key: string, shown: boolean): void {
  if (useShown.getState().roomy[key]) change({ filesOpen: shown })
  else useShown.setState(({ asked }) => ({ asked: { ...asked, [key]: shown } }))
}

export function toggleFiles(key: string): void {
  const { roomy, asked } = useShown.getState()
  showFiles(key, !(roomy[key] ? useLive.getState().settings.filesOpen : asked[key]))
}

interface Props {
  readonly tab: RemoteTab
  readonly session: Session
  readonly name: string
  /** Of the tab's content. */
  readonly width: number
}

/** Left of a terminal: the files of its host. */
export function FilesBeside({ tab, session, name, width: room }: Props) {
  const shown = useFilesShown(tab.key)
  useEffect(() => {
    if (room > 0) useShown.setState(({ roomy }) => ({ roomy: { ...roomy, [tab.key]: room >= ROOMY_WIDTH } }))
  }, [tab.key, room])
  const connected = tab.terminal?.phase.kind === 'open'
  useClosing(tab.terminalId, shown, connected)
  const { t } = useTranslation('files')
  const { width, handle } = useWidth(room)
  if (!shown || tab.terminal?.phase.kind === 'failed') return undefined
  return (
    <section className={classes.beside} style={{ width }} aria-label={t('panel', { name })}>
      <ErrorBoundary>
        <Suspense>{connected && <FilesPanel key={tab.terminalId} tab={tab} session={session} name={name} />}</Suspense>
      </ErrorBoundary>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is a widget, which a rule is not. */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={t('width')}
        aria-orientation="vertical"
        aria-valuenow={width}
        className={classes.handle}
        {...handle}
      />
    </section>
  )
}

/** The SFTP channel goes with the panel. */
function useClosing(terminalId: string, shown: boolean, connected: boolean): void {
  useEffect(() => {
    if (!shown && connected) api.files.close({ terminalId }).catch(() => undefined)
  }, [terminalId, shown, connected])
}

/** Dragged or moved with the arrows; remembered once let go. */
function useWidth(room: number) {
  const { filesWidth } = useSettings()
  const [dragged, setDragged] = useState<number>()
  // What the settings say wins once they say what was asked for last.
  useEffect(() => setDragged((last) => (last === filesWidth ? undefined : last)), [filesWidth])
  const most = Math.max(LEAST_WIDTH, room - LEAST_FOR_TERMINAL)
  const within = (width: number) => Math.round(Math.min(most, Math.max(LEAST_WIDTH, width)))
  const width = within(dragged ?? filesWidth)
  const handle = {
    'aria-valuemin': LEAST_WIDTH,
    'aria-valuemax': most,
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
      const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0
      setDragged(within(event.clientX - left))
    },
    onPointerUp: () => dragged !== undefined && change({ filesWidth: dragged }),
    onKeyDown({ key }: KeyboardEvent) {
      const by = { ArrowLeft: -STEP, ArrowRight: STEP }[key]
      if (by === undefined) return
      // Keys come faster than the core's answer.
      setDragged(within(width + by))
      change({ filesWidth: within(width + by) })
    },
  }
  return { width, handle }
}

/** The width of what an element holds, known before it is painted. */
export function useRoom() {
  const [ref, { width }] = useResizeObserver<HTMLDivElement>()
  return { ref, width }
}
