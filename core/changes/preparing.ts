import { randomUUID } from 'node:crypto'
import type { ChangeState, PreparedChanges, PreparedTarget } from '../../contract/models/change.ts'
import type { Launch } from '../../contract/models/launch.ts'
import { eachAtOnce } from '../files/each-at-once.ts'
import { UserError } from '../user-error.ts'
import type { ChangeCalls, Place } from './facts.ts'
import type { LaunchFacts } from './plan-launch.ts'
import { type Planned, prepare, prepareLaunch, type Wanted } from './prepare.ts'

export interface PlannedChange {
  readonly kind: ChangeState['kind']
  readonly cause: 'person' | 'undo'
  readonly targets: readonly Planned[]
  /** What it takes back. */
  readonly undoes?: string | undefined
}

/** What was shown, and may be carried out as it was shown. */
export interface Preparing {
  prepare(wanted: readonly Wanted[], how: Pick<PlannedChange, 'cause' | 'undoes'>): Promise<PreparedChanges>
  prepareLaunch(place: Place, launch: Launch): Promise<PreparedChanges>
  /** Once. Throws UserError NOT_FOUND. */
  take(id: string): PlannedChange
}

/** A person looks at one at a time, and may change their mind. */
export const KEPT = 50
/** AWS allows a person few calls a second. */
const AT_ONCE = 8

export function createPreparing(
  calls: ChangeCalls,
  launchFacts: (place: Place, launch: Launch) => Promise<Omit<LaunchFacts, 'mark'>>,
): Preparing {
  const prepared = new Map<string, PlannedChange>()
  const possible = ([shown, planned]: readonly [PreparedTarget, Planned | undefined]) =>
    planned && shown.allowed !== 'no' ? [planned] : []

  return {
    async prepare(wanted, how) {
      const kind = wanted[0]?.change.kind ?? 'start'
      const id = randomUUID()
      const both: (readonly [PreparedTarget, Planned | undefined])[] = []
      await eachAtOnce(wanted.entries(), AT_ONCE, async ([index, each]) => {
        both[index] = await prepare(each, calls)
      })
      remember(prepared, id, { kind, ...how, targets: both.flatMap(possible) })
      const targets = both.map(([shown]) => shown)
      const typed = kind === 'terminate' ? { typed: targets.length === 1 ? targets[0]?.name : String(targets.length) } : {}
      return { id, kind, targets, ...typed }
    },
    async prepareLaunch(place, launch) {
      const id = randomUUID()
      const one = await prepareLaunch(place, launch, { calls, facts: launchFacts })
      remember(prepared, id, { kind: 'launch', cause: 'person', targets: possible(one) })
      return { id, kind: 'launch', targets: [one[0]] }
    },
    take(id) {
      const planned = prepared.get(id)
      if (!planned) throw new UserError('NOT_FOUND', { what: 'change' })
      prepared.delete(id)
      return planned
    },
  }
}

export function remember<Value>(kept: Map<string, Value>, id: string, value: Value): void {
  kept.set(id, value)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}
