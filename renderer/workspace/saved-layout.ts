import type { DockviewApi, SerializedDockview } from 'dockview-react'

const KEY = 'mooring.layout'
const STANDING = new Set(['home', 'many', 'fleet'])

export function saveLayout(dock: DockviewApi): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(dock.toJSON()))
  } catch {
    // A browser that keeps nothing: the tabs are found again all the same, only not where they were.
  }
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
