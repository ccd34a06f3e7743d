import type { DockviewApi, SerializedDockview } from 'dockview-react'
import { hereId, isMainWindow } from '../app-windows/here.ts'
import { keepLook } from '../app-windows/kept.ts'
import { findTab } from './tabs.ts'

const MAIN_KEY = 'mooring.layout'
const keyOf = (windowId: string) => `${MAIN_KEY}.${windowId}`
const KEY = isMainWindow ? MAIN_KEY : keyOf(hereId)
const STANDING = new Set(['home', 'many', 'fleet'])

export function saveLayout(dock: DockviewApi): void {
  keepLooks(dock)
  try {
    localStorage.setItem(KEY, JSON.stringify(dock.toJSON()))
  } catch {
    // A browser that keeps nothing: the tabs are found again all the same, only not where they were.
  }
}

/** Also by terminal, for a tab that goes to another window. */
function keepLooks(dock: DockviewApi): void {
  for (const { id, title, params = {} } of dock.panels) {
    const terminalId = findTab(id)?.terminalId
    if (terminalId === undefined) continue
    const { renamed, colour, pinned } = params
    keepLook(terminalId, renamed || colour || pinned ? { ...(renamed && title ? { title } : {}), params } : undefined)
  }
}

/** Of a window that is no more. */
export function forgetLayout(windowId: string): void {
  localStorage.removeItem(keyOf(windowId))
}

/** Puts the panels back where they were; those whose terminal is no more are left out. */
export function restoreLayout(dock: DockviewApi, keys: ReadonlySet<string>): void {
  const saved = localStorage.getItem(KEY)
  if (!saved) return
  try {
    dock.fromJSON(JSON.parse(saved) as SerializedDockview)
  } catch {
    // Written by another version, or damaged: begin with the usual layout.
    localStorage.removeItem(KEY)
    dock.clear()
  }
  for (const panel of dock.panels) if (!STANDING.has(panel.view.contentComponent) && !keys.has(panel.id)) dock.removePanel(panel)
}
