import type { RouteHop } from '../../contract/models/reach.ts'
import type { TerminalPhase, TraceStep } from '../../contract/models/terminal.ts'

export type HopState = 'waiting' | 'doing' | 'done' | 'failed'

/** Steps after which a hop lets the next one begin. */
const BEHIND: ReadonlySet<TraceStep['step']> = new Set(['user', 'through', 'proxy', 'command'])
/** What is found out beforehand is no attempt. */
const BEFORE: ReadonlySet<TraceStep['step']> = new Set(['looking-up', 'address', 'not-followed'])

/** How far a connection has come: one state for each hop, and the last one for the host itself. Pure. */
export function hopStates(route: readonly RouteHop[], trace: readonly TraceStep[], phase: TerminalPhase['kind']): readonly HopState[] {
  const over = phase === 'failed' || phase === 'lost'
  const stateOf = (name: string | undefined): HopState => {
    const steps = trace.filter((step) => step.hop === name && !BEFORE.has(step.step))
    if (name === undefined ? phase === 'open' || phase === 'exited' : steps.some(isBehind)) return 'done'
    if (steps.length === 0) return 'waiting'
    return over ? 'failed' : 'doing'
  }
  const states = [...route.map(({ name }) => stateOf(name)), stateOf(undefined)]
  // What a hop could not get through to is no fault of the hop, and nothing begins before what it leads through is behind.
  const firstOpen = states.findIndex((state) => state !== 'done')
  return states.map((state, index) => (firstOpen >= 0 && index > firstOpen ? 'waiting' : state))
}

function isBehind({ step, outcome }: TraceStep): boolean {
  return BEHIND.has(step) && outcome === 'ok'
}
