import type { DockviewApi } from 'dockview-react'
import { create } from 'zustand'
import { showFullScreen } from '../host/desktop.ts'

interface FullScreen {
  /** The tab that has the whole screen. */
  readonly key: string | undefined
}

/** A terminal alone on the screen, without the app around it. */
export const useFullScreen = create<FullScreen>(() => ({ key: undefined }))

export function toggleFullScreen(dock: DockviewApi): void {
  const panel = dock.activePanel
  if (useFullScreen.getState().key !== undefined) leave(dock)
  else if (panel) {
    panel.api.maximize()
    useFullScreen.setState({ key: panel.id })
    showFullScreen(true)
  }
}

function leave(dock: DockviewApi): void {
  if (useFullScreen.getState().key === undefined) return
  useFullScreen.setState({ key: undefined })
  dock.exitMaximizedGroup()
  showFullScreen(false)
}

/** It ends with its tab, when another panel comes to the front, and when the browser ends it: Escape is the browser's own way out. */
export function followFullScreen(dock: DockviewApi): () => void {
  const onChange = () => document.fullscreenElement === null && leave(dock)
  document.addEventListener('fullscreenchange', onChange)
  const listener = dock.onDidActivePanelChange(({ panel }) => panel?.id !== useFullScreen.getState().key && leave(dock))
  return () => {
    document.removeEventListener('fullscreenchange', onChange)
    listener.dispose()
  }
}
