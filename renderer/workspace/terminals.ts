import type { TerminalTarget } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { hereInCore } from '../app-windows/here.ts'
import { findSession, lastSize } from './sessions.ts'
import { changeTab, findTab, useTabs } from './tabs.ts'

/** Terminals that this page has ended and that the core may still tell of for a moment. */
const closing = new Set<string>()
export const closingTerminals: ReadonlySet<string> = closing

export function forgetClosed(present: readonly { readonly id: string }[]): void {
  for (const id of closing) if (!present.some((terminal) => terminal.id === id)) closing.delete(id)
}

/** Returns the new tab's key, or nothing when the core said no (it was told then). */
export async function openTerminal(target: TerminalTarget): Promise<string | undefined> {
  const opened = await attempt(() => openHere(target))
  if (!opened) return undefined
  const { id } = opened
  // The stream may have been faster than the answer.
  useTabs.setState(({ tabs }) =>
    tabs.some((tab) => tab.terminalId === id)
      ? {}
      : { tabs: [...tabs, { key: id, terminalId: id, target, terminal: undefined, gone: false }] },
  )
  return id
}

function openHere(target: TerminalTarget) {
  return api.terminals.open({ target, size: lastSize(), ...(hereInCore ? { window: hereInCore } : {}) })
}

/** Ends the shell and forgets it. */
export function endTerminal(terminalId: string): void {
  closing.add(terminalId)
  if (useLive.getState().terminals.some(({ id }) => id === terminalId)) void attempt(() => api.terminals.close({ id: terminalId }))
}

/** In the same tab, below what is on its screen. A core that no longer knows the terminal gets a new one. */
export async function reconnectTab(key: string): Promise<void> {
  const tab = findTab(key)
  if (!tab) return
  if (tab.gone) return replaceTerminal(key, tab.target)
  await attempt(() => api.terminals.reconnect({ id: tab.terminalId }))
}

/** Another terminal in the same tab: with other choices, or after the core has forgotten the old one. */
export async function replaceTerminal(key: string, target: TerminalTarget): Promise<void> {
  const tab = findTab(key)
  if (!tab) return
  endTerminal(tab.terminalId)
  const opened = await attempt(() => openHere(target))
  if (!opened) return
  dropTwin(opened.id, key)
  changeTab(key, { terminalId: opened.id, target, gone: false })
  findSession(key)?.connect(opened.id)
}

/** The stream may have been faster than the answer: then the new terminal has got a tab of its own. */
function dropTwin(terminalId: string, key: string): void {
  useTabs.setState(({ tabs }) => ({ tabs: tabs.filter((tab) => tab.terminalId !== terminalId || tab.key === key) }))
}

/** Gives up connecting again; the tab with its screen stays. */
export function cancelConnecting(key: string): void {
  const tab = findTab(key)
  if (!tab?.terminal) return
  endTerminal(tab.terminalId)
  changeTab(key, { gone: true, terminal: { ...tab.terminal, phase: { kind: 'failed', error: { code: 'CANCELLED', details: {} } } } })
}
