import type { TerminalState } from '../../contract/models/terminal.ts'
import { useLive } from '../api/live.ts'
import { isHere } from '../app-windows/here.ts'
import { showPanel } from './open.ts'
import { findSession } from './sessions.ts'
import { reconcile, useTabs } from './tabs.ts'
import { closingTerminals, forgetClosed } from './terminals.ts'

/** Keeps the tabs in step with those of the core's terminals that are in this window, until the returned function is called. */
export function followTerminals(): () => void {
  let wasLost = false

  function follow(before: readonly TerminalState[] = []) {
    const { terminals, terminalsLoaded } = useLive.getState()
    if (!terminalsLoaded) return
    forgetClosed(terminals)
    const { tabs } = useTabs.getState()
    const elsewhere = new Set(terminals.flatMap((terminal) => (isHere(terminal) ? [] : [terminal.id])))
    const staying = tabs.filter(({ terminalId }) => !elsewhere.has(terminalId))
    const next = reconcile(staying, terminals.filter(isHere), closingTerminals, wasLost)
    wasLost = false
    useTabs.setState({ tabs: next })
    // Who has moved a tab here wants to see it.
    const arrived = next.findLast(({ terminal }) => terminal && before.some((was) => was.id === terminal.id && !isHere(was)))
    if (arrived) showPanel(arrived.key)
    for (const tab of next) {
      const before = tabs.find(({ key }) => key === tab.key)
      const { phase } = tab.terminal ?? {}
      if (phase?.kind === 'connecting' && before?.terminal?.phase.kind !== 'connecting') findSession(tab.key)?.reconnecting()
      if (tab.gone && before?.gone === false && phase?.kind === 'lost') findSession(tab.key)?.end({ kind: 'error', error: phase.error })
    }
  }
  /** Ports that closed with the core's are opened again, for the terminals that it still has. */
  function reopen() {
    for (const tab of useTabs.getState().tabs) {
      const session = findSession(tab.key)
      if (!tab.gone && session?.state.getState().link === 'closed') session.connect(tab.terminalId)
    }
  }

  const unsubscribe = useLive.subscribe((live, before) => {
    if (live.connection === 'lost') wasLost = true
    if (live.terminals !== before.terminals || live.terminalsLoaded !== before.terminalsLoaded) {
      const returning = wasLost
      follow(before.terminals)
      if (returning) reopen()
    }
  })
  follow()
  return unsubscribe
}
