import type { DockviewApi, DockviewPanelApi } from 'dockview-react'
import { useEffect, useState } from 'react'
import { type Bookmark, bookmarkColours } from '../../contract/models/bookmark.ts'
import { findTab } from './tabs.ts'

/** What a person gave a tab; kept with the layout. */
export interface TabLook {
  /** Of its own, instead of its bookmark's. */
  readonly colour?: Bookmark['colour'] | undefined
  /** Before the others, and not closed along with them. */
  readonly pinned?: boolean | undefined
}

export function lookOf(api: DockviewPanelApi): TabLook {
  // The panel's own: those of its api are empty until they change for the first time.
  const { colour, pinned } = api.group.panels.find(({ id }) => id === api.id)?.params ?? {}
  return { colour: bookmarkColours.find((known) => known === colour), pinned: pinned === true }
}

export function useLook(api: DockviewPanelApi): TabLook {
  const [look, setLook] = useState(() => lookOf(api))
  useEffect(() => {
    setLook(lookOf(api))
    const listener = api.onDidParametersChange(() => setLook(lookOf(api)))
    return () => listener.dispose()
  }, [api])
  return look
}

/** A pinned tab stands behind those that are pinned already, a freed one behind them all. */
export function pin(api: DockviewPanelApi, pinned: boolean): void {
  const { group } = api
  const others = group.panels.filter(({ id }) => id !== api.id)
  // Home, which is no terminal's, stays the first.
  const index = others.filter((panel) => !findTab(panel.id) || lookOf(panel.api).pinned).length
  api.updateParameters({ pinned })
  api.moveTo({ group, position: 'center', index })
}

/** One place to the left or the right in its group. */
export function moveTab(dock: DockviewApi, by: -1 | 1): void {
  const panel = dock.activePanel
  if (!panel) return
  const { group } = panel.api
  const index = group.panels.findIndex(({ id }) => id === panel.id) + by
  if (index >= 0 && index < group.panels.length) panel.api.moveTo({ group, position: 'center', index })
}
