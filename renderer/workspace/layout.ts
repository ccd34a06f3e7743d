import type { DockviewApi, IDockviewPanel } from 'dockview-react'
import i18next from 'i18next'
import type { TerminalTarget } from '../../contract/models/terminal.ts'
import { useRows } from '../api/instances.ts'
import { isMainWindow } from '../app-windows/here.ts'
import { keepLook, lookKept } from '../app-windows/kept.ts'
import { isDocument, useDocuments } from '../editor/documents.ts'
import { bindDocuments, documentRemoved } from '../editor/documents-layout.ts'
import { forgetView } from '../files/view.ts'
import { FLEET } from '../fleet/wish.ts'
import { MANY } from '../many/wish.ts'
import { noteClosed } from './closed.ts'
import { followTerminals } from './follow-terminals.ts'
import { type Place, setPanelShower } from './open.ts'
import { restoreLayout, saveLayout } from './saved-layout.ts'
import { closeSession } from './sessions.ts'
import { machineName } from './tab-name.ts'
import { type Tab, uniqueTitle, useTabs } from './tabs.ts'
import { endTerminal, openTerminal } from './terminals.ts'

export const HOME = 'home'
/** Panels that are nobody's: neither a terminal's nor a document's. */
const isStanding = (id: string) => id === HOME || id === MANY || id === FLEET

/** Ties the tabs to dockview's panels, both ways. */
export function bindLayout(dock: DockviewApi): { open(target: TerminalTarget, place?: Place): Promise<void>; release(): void } {
  const stopFollowing = followTerminals()
  restoreLayout(dock, new Set([...useTabs.getState().tabs, ...useDocuments.getState().documents].map(({ key }) => key)))
  addHome(dock)
  showTabs(useTabs.getState().tabs)
  const releaseDocuments = bindDocuments(dock)

  function showTabs(tabs: readonly Tab[]) {
    const gone = ({ id }: IDockviewPanel) => !isStanding(id) && !isDocument(id) && !tabs.some(({ key }) => key === id)
    for (const panel of dock.panels.filter(gone)) dock.removePanel(panel)
    for (const tab of tabs) {
      const panel = dock.getPanel(tab.key) ?? addPanel(dock, tab)
      followName(dock, panel, tab)
    }
  }

  const listeners = [
    dock.onDidRemovePanel(({ id }) => (id === HOME ? addHome(dock) : isDocument(id) ? documentRemoved(dock, id) : forgetTab(id))),
    dock.onDidActivePanelChange(({ panel }) => useTabs.setState({ activeKey: panel?.id })),
    dock.onDidLayoutChange(() => saveLayout(dock)),
  ]
  const unsubscribe = useTabs.subscribe(({ tabs }, before) => {
    if (tabs !== before.tabs) showTabs(tabs)
  })
  // The names of instances come with the list.
  const unsubscribeRows = useRows.subscribe(() => showTabs(useTabs.getState().tabs))
  useTabs.setState({ activeKey: dock.activePanel?.id })
  setPanelShower((id) => (dock.getPanel(id) ?? addStanding(dock, id)).api.setActive())

  return {
    open: async (target, place) => {
      const key = await openTerminal(target)
      if (!key) return
      const panel = dock.getPanel(key)
      if (!panel) return
      if (place) panel.api.moveTo({ group: dock.addGroup({ referencePanel: place.referencePanel, direction: place.direction }) })
      panel.api.setActive()
    },
    release() {
      unsubscribe()
      releaseDocuments()
      unsubscribeRows()
      stopFollowing()
      for (const listener of listeners) listener.dispose()
    },
  }
}

/** Always there, and first: Delete on its tab only brings it back. A window of its own has none. */
function addHome(dock: DockviewApi): void {
  if (isMainWindow && !dock.getPanel(HOME)) dock.addPanel({ id: HOME, component: 'home', tabComponent: 'home', title: HOME })
}

function addStanding(dock: DockviewApi, id: string): IDockviewPanel {
  // The title is what a screen reader is told has opened.
  return dock.addPanel({ id, component: id, tabComponent: id, title: i18next.t('tab', { ns: id as typeof MANY | typeof FLEET }) })
}

function addPanel(dock: DockviewApi, tab: Tab): IDockviewPanel {
  // Beside the terminals there are, not beside a split-off home.
  const neighbour = dock.activePanel ?? dock.panels.at(-1)
  const look = lookKept(tab.terminalId)
  return dock.addPanel({
    id: tab.key,
    // Also what a screen reader is told has opened.
    title: freeTitle(dock, look?.title ?? machineName(tab), tab.key),
    params: look?.params ?? {},
    component: 'terminal',
    tabComponent: 'terminal',
    renderer: 'onlyWhenVisible',
    inactive: true,
    ...(neighbour && { position: { referencePanel: neighbour } }),
  })
}

/** The tab is called as the terminal is, until the person calls it otherwise. */
function followName(dock: DockviewApi, panel: IDockviewPanel, tab: Tab): void {
  const name = machineName(tab)
  const { titleOf, renamed } = (panel.params ?? {}) as { titleOf?: string; renamed?: boolean }
  if (renamed || titleOf === name) return
  panel.api.setTitle(freeTitle(dock, name, panel.id))
  panel.api.updateParameters({ titleOf: name })
}

function freeTitle(dock: DockviewApi, name: string, key: string): string {
  const others = dock.panels.filter(({ id }) => id !== key).map(({ title }) => title ?? '')
  return uniqueTitle(name, others)
}

function forgetTab(key: string): void {
  const tab = useTabs.getState().tabs.find((candidate) => candidate.key === key)
  closeSession(key)
  forgetView(key)
  if (!tab) return
  keepLook(tab.terminalId, undefined)
  noteClosed(tab.target)
  if (!tab.gone) endTerminal(tab.terminalId)
  useTabs.setState(({ tabs }) => ({ tabs: tabs.filter((candidate) => candidate.key !== key) }))
}
