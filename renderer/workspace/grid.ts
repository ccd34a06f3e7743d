import type { DockviewApi, IDockviewPanel } from 'dockview-react'
import { findTab } from './tabs.ts'

/** Every terminal in a group of its own, in as many rows as columns, so that all of them are seen at once. */
export function sideBySide(dock: DockviewApi): void {
  const panels = dock.panels.filter(({ id }) => findTab(id) !== undefined)
  const active = dock.activePanel
  for (const { panel, beside, position } of placesInGrid(panels)) panel.api.moveTo({ group: beside.group, position })
  active?.api.setActive()
}

interface Place<Panel> {
  readonly panel: Panel
  readonly beside: Panel
  readonly position: 'right' | 'bottom'
}

/** Rows first, since each goes below the whole row before; then what stands right of the first of each row. Pure. */
export function placesInGrid<Panel = IDockviewPanel>(panels: readonly Panel[]): readonly Place<Panel>[] {
  const columns = Math.ceil(Math.sqrt(panels.length))
  const rows = Array.from({ length: Math.ceil(panels.length / Math.max(1, columns)) }, (_, row) =>
    panels.slice(row * columns, (row + 1) * columns),
  )
  const below = rows.slice(1).flatMap((row, index) => {
    const [first] = row
    const [above] = rows[index] ?? []
    return first !== undefined && above !== undefined ? [{ panel: first, beside: above, position: 'bottom' as const }] : []
  })
  const right = rows.flatMap((row) =>
    row.slice(1).map((panel, index) => ({ panel, beside: row[index] as Panel, position: 'right' as const })),
  )
  return [...below, ...right]
}
