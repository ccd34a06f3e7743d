import type { DockviewApi, IDockviewPanel } from 'dockview-react'
import i18next from 'i18next'
import type { BookmarksState } from '../../contract/models/bookmark.ts'
import { useLive } from '../api/live.ts'
import { bookmarkOf } from '../bookmarks/same-target.ts'
import { lookOf } from './tab-look.ts'
import { findTab, type Tab } from './tabs.ts'

/** As many stand beside each other without help. */
const FEW = 8
/** Of dockview's palette, those on which white can be read. */
const COLOURS = ['blue', 'green', 'cyan', 'pink', 'grey']

export interface TabGroup {
  readonly name: string
  readonly keys: readonly string[]
}

/** Many tabs by the folder of their bookmark, else their account; what stands alone stays alone. Pure. */
export function groupTabs(
  tabs: readonly Pick<Tab, 'key' | 'target'>[],
  { bookmarks, folders }: Pick<BookmarksState, 'bookmarks' | 'folders'>,
  here: string,
): readonly TabGroup[] {
  if (tabs.length <= FEW) return []
  const nameOf = ({ target }: Pick<Tab, 'target'>) => {
    const folderId = bookmarkOf(bookmarks, target)?.folderId
    const folder = folders.find(({ id }) => id === folderId)
    if (folder) return folder.name
    if (target.kind === 'local') return here
    return target.kind === 'instance' ? target.ref.profile : undefined
  }
  const groups = [...Map.groupBy(tabs, nameOf)].flatMap(([name, members]) =>
    name === undefined || members.length < 2 ? [] : [{ name, keys: members.map(({ key }) => key) }],
  )
  // One group of everything says nothing.
  return groups.length === 1 && groups[0]?.keys.length === tabs.length ? [] : groups
}

/** Groups the tabs of each part of the workspace while there are many of them. One that the person takes out of its group stays out. */
export function followTabGroups(dock: DockviewApi): () => void {
  const placed = new Map<string, string>()
  let frame: number | undefined
  const soon = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      for (const { id, panels } of dock.groups) arrange(dock, id, panels, placed)
    })
  }
  const listeners = [dock.onDidAddPanel(soon), dock.onDidRemovePanel(soon), dock.onDidMovePanel(soon)]
  const unsubscribe = useLive.subscribe(({ bookmarks }, before) => bookmarks !== before.bookmarks && soon())
  soon()
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    unsubscribe()
    for (const listener of listeners) listener.dispose()
  }
}

function arrange(dock: DockviewApi, groupId: string, panels: readonly IDockviewPanel[], placed: Map<string, string>): void {
  const tabs = panels.flatMap((panel) => {
    const tab = findTab(panel.id)
    return tab && !lookOf(panel.api).pinned ? [tab] : []
  })
  const wanted = groupTabs(tabs, useLive.getState().bookmarks, i18next.t('groups.here', { ns: 'workspace' }))
  for (const present of dock.getTabGroups({ groupId })) {
    if (wanted.some(({ name }) => name === present.label)) continue
    for (const key of present.panelIds) placed.delete(key)
    dock.dissolveTabGroup({ groupId, tabGroupId: present.id })
  }
  for (const { name, keys } of wanted) {
    const missing = keys.filter((panelId) => {
      const group = dock.getTabGroupForPanel({ groupId, panelId })
      return group?.label !== name && placed.get(panelId) !== name
    })
    if (missing.length === 0) continue
    const known = dock.getTabGroups({ groupId }).find(({ label }) => label === name)
    const group = known ?? dock.createTabGroup({ groupId, label: name, color: colourOf(name) })
    for (const panelId of missing) {
      dock.addPanelToTabGroup({ groupId, tabGroupId: group.id, panelId })
      placed.set(panelId, name)
    }
  }
}

/** The same one for the same name, at every start. */
function colourOf(name: string): string {
  const sum = [...name].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0)
  return COLOURS[sum % COLOURS.length] ?? 'grey'
}
