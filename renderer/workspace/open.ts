import type { TerminalTarget } from '../../contract/models/terminal.ts'
import { takeClosed } from './closed.ts'
import { findTab } from './tabs.ts'

/** Beside another tab's group instead of in the one in front. */
export interface Place {
  readonly direction: 'right' | 'below'
  readonly referencePanel: string
}

let opener: (target: TerminalTarget, place?: Place) => Promise<void> = async () => {}

/** The layout, which knows where tabs go, says how one is opened. */
export function setTabOpener(open: typeof opener): void {
  opener = open
}

let shower: (panel: string) => void = () => {}

/** Brings a panel that is no terminal to the front, made at first use. */
export const showPanel = (panel: string) => shower(panel)
export function setPanelShower(show: typeof shower): void {
  shower = show
}

/** Another shell on the same machine: it shares the connection. */
export async function duplicateTab(key: string): Promise<void> {
  const tab = findTab(key)
  if (tab) await opener(tab.target)
}

/** Where the tab that was closed last led; its shell has ended, so it is another one. */
export async function reopenClosed(): Promise<void> {
  const target = takeClosed()
  if (target) await opener(target)
}

export async function splitTab(key: string, direction: Place['direction']): Promise<void> {
  const tab = findTab(key)
  if (tab) await opener(tab.target, { direction, referencePanel: key })
}
