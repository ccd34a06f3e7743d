import type { DockviewApi } from 'dockview-react'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { forgetLayout } from '../workspace/saved-layout.ts'
import { findTab, useTabs } from '../workspace/tabs.ts'
import { hereId } from './here.ts'
import { forgetPlace, keepPlace } from './kept.ts'

/** Outlives a reload of this window, and nothing else. */
const MINE = 'mooring.mine'

/** What a window that has tabs and nothing else does for itself, until the returned function is called. */
export function keepOwnWindow(dock: DockviewApi): () => void {
  claimAgain()
  const stopped = new AbortController()
  window.addEventListener(
    'pagehide',
    () => keepPlace(hereId, { x: window.screenX, y: window.screenY, width: window.innerWidth, height: window.innerHeight }),
    stopped,
  )
  const nameIt = () => {
    const title = dock.activePanel?.title
    document.title = title ? `${title} – Mooring` : 'Mooring'
  }
  const listeners = [
    dock.onDidActivePanelChange(nameIt),
    dock.onDidLayoutChange(nameIt),
    // A panel that only changes its place is for a moment in none.
    dock.onDidRemovePanel(() => setTimeout(() => dock.panels.length === 0 && closeWindow())),
  ]
  const unsubscribe = useTabs.subscribe(({ tabs }) =>
    sessionStorage.setItem(MINE, JSON.stringify(tabs.map(({ terminalId }) => terminalId))),
  )
  return () => {
    stopped.abort()
    unsubscribe()
    for (const listener of listeners) listener.dispose()
  }
}

/** The last tab has gone. */
export function closeWindow(): void {
  forgetLayout(hereId)
  window.close()
  forgetPlace(hereId)
}

/** A reload took so long that the main window thought this one was closed. */
function claimAgain(): void {
  const mine = new Set<unknown>(JSON.parse(sessionStorage.getItem(MINE) ?? '[]'))
  const ids = useLive.getState().terminals.flatMap(({ id, window }) => (window === undefined && mine.has(id) && !findTab(id) ? [id] : []))
  if (ids.length > 0) void attempt(() => api.terminals.move({ ids, window: hereId }))
}
