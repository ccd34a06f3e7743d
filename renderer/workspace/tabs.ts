import { create } from 'zustand'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Target, TerminalState, TerminalTarget } from '../../contract/models/terminal.ts'

/** A tab outlives its terminal: after a restart of the core the same tab, with its screen, gets another one. */
export interface Tab {
  readonly key: string
  readonly terminalId: string
  readonly target: TerminalTarget
  /** As last told; undefined until the core has told it for the first time. */
  readonly terminal: TerminalState | undefined
  /** The core knows it no longer. */
  readonly gone: boolean
}

/** One that leads to another machine: there are files, tunnels and figures to be had behind it. */
export type RemoteTab = Tab & { readonly target: Target }
export const isRemote = (tab: Tab): tab is RemoteTab => tab.target.kind !== 'local'

/** No terminal is to be seen in it: nobody wanted one, or its host gives files and nothing else. */
export function isFilesOnly({ target, terminal }: Pick<Tab, 'target' | 'terminal'>): boolean {
  return (target.kind !== 'local' && target.filesOnly === true) || terminal?.filesOnly !== undefined
}

interface Tabs {
  readonly tabs: readonly Tab[]
  readonly activeKey: string | undefined
}

export const useTabs = create<Tabs>(() => ({ tabs: [], activeKey: undefined }))
export const useTab = (key: string) => useTabs(({ tabs }) => tabs.find((tab) => tab.key === key))
export const findTab = (key: string | undefined) => useTabs.getState().tabs.find((tab) => tab.key === key)

export function changeTab(key: string, changes: Partial<Tab>): void {
  useTabs.setState(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.key === key ? { ...tab, ...changes } : tab)) }))
}

/**
 * The tabs after the core has told its terminals. A terminal that no tab shows (the page was reloaded, or another window opened
 * it) gets one; a tab whose terminal the core no longer knows keeps its screen and is told why.
 */
export function reconcile(
  tabs: readonly Tab[],
  terminals: readonly TerminalState[],
  closing: ReadonlySet<string>,
  coreRestarted: boolean,
): readonly Tab[] {
  const byId = new Map(terminals.map((terminal) => [terminal.id, terminal]))
  const followed = tabs.map((tab): Tab => {
    const terminal = byId.get(tab.terminalId)
    if (terminal) return terminal === tab.terminal ? tab : { ...tab, terminal, gone: false }
    if (!tab.terminal || tab.gone) return tab
    return { ...tab, gone: true, terminal: { ...tab.terminal, phase: { kind: 'lost', error: goneBecause(tab, coreRestarted) } } }
  })
  const shown = new Set(tabs.map((tab) => tab.terminalId))
  const added = terminals.filter(({ id }) => !shown.has(id) && !closing.has(id))
  return [
    ...followed,
    ...added.map((terminal) => ({ key: terminal.id, terminalId: terminal.id, target: terminal.target, terminal, gone: false })),
  ]
}

function goneBecause({ terminalId, terminal }: Tab, coreRestarted: boolean): UserErrorData {
  if (!coreRestarted) return { code: 'TERMINAL_GONE', details: { id: terminalId } }
  return { code: 'CONNECTION_LOST', details: { host: terminal?.name ?? '', reason: 'core-restarted' } }
}

/** `web-1`, `web-1 (2)`: two tabs of the same machine can be told apart. */
export function uniqueTitle(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name} (${number})`)) number += 1
  return `${name} (${number})`
}
