import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { windowId } from '../../contract/models/app-window.ts'
import { type TerminalState, terminalTarget } from '../../contract/models/terminal.ts'
import type { Log } from '../log.ts'
import { openStore } from '../store/store.ts'
import type { Terminals } from './terminals.ts'

interface Options {
  readonly folder: string
  readonly terminals: Terminals
  readonly isOn: () => boolean
  /** Nothing of it lasts beyond the app. */
  readonly passes: (terminal: TerminalState) => boolean
  /** An earlier core died while pages were open: they still show its tabs, and say what became of them. */
  readonly restarted: boolean
  readonly log: Pick<Log, 'error'>
}

const keptTab = z.object({ id: z.string().regex(/^[\w-]{1,64}$/), target: terminalTarget, window: windowId.optional() })
const keptTabs = z.array(keptTab).max(1_000)

/**
 * The tabs that are open when the app ends are there again at its next start, in their windows and under their ids, by which the
 * pages know where each of them was. Nothing is connected before the person asks for it.
 */
export function keepTabs({ folder, terminals, isOn, passes, restarted, log }: Options): {
  readonly problem: UserErrorData | undefined
  /** From now on nothing that ends is forgotten. */
  close(): void
} {
  const { state, problem } = openStore({ folder, name: 'tabs', schema: keptTabs, defaults: [] })
  if (isOn() && !restarted) for (const kept of state.value) terminals.restore(kept)

  function keep(all: readonly TerminalState[]) {
    const open = isOn() ? all.filter((terminal) => !passes(terminal)) : []
    const kept = open.map(({ id, target, window }) => ({ id, target, ...(window ? { window } : {}) }))
    if (JSON.stringify(kept) === JSON.stringify(state.value)) return
    try {
      state.set(kept)
    } catch (error) {
      log.error({ err: error }, 'the open tabs could not be written down')
    }
  }
  keep(terminals.state.value)
  return { problem, close: terminals.state.subscribe(keep) }
}
