import { create } from 'zustand'
import type { TerminalTarget } from '../../contract/models/terminal.ts'

/** More than anybody remembers having closed. */
const MOST = 20

/** Where the tabs that were closed led, the latest last. It ends with the page. */
export const useClosed = create<{ readonly targets: readonly TerminalTarget[] }>(() => ({ targets: [] }))

export function noteClosed(target: TerminalTarget): void {
  useClosed.setState(({ targets }) => ({ targets: [...targets, target].slice(-MOST) }))
}

/** The latest one, which is then no longer among them. */
export function takeClosed(): TerminalTarget | undefined {
  const { targets } = useClosed.getState()
  useClosed.setState({ targets: targets.slice(0, -1) })
  return targets.at(-1)
}
