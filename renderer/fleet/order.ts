import type { FleetHost } from '../../contract/models/fleet.ts'

export type Outcome = 'failed' | 'skipped' | 'going' | 'waiting' | 'good'

/** Pure. */
export function outcomeOf({ phase, failed = 0 }: Pick<FleetHost, 'phase' | 'failed'>): Outcome {
  switch (phase.kind) {
    case 'failed':
      return 'failed'
    case 'left':
    case 'skipped':
      return 'skipped'
    case 'running':
      return 'going'
    case 'waiting':
      return 'waiting'
    case 'done':
      return failed > 0 ? 'failed' : 'good'
  }
}

const RANK: Readonly<Record<Outcome, number>> = { failed: 0, skipped: 1, going: 2, waiting: 3, good: 4 }

export interface Numbered {
  readonly host: FleetHost
  /** As `fleet.output` counts. */
  readonly index: number
}

/** Failures first, then what was not done, what goes on, and what is done with the most left to do before the others. Pure. */
export function failuresFirst(hosts: readonly FleetHost[]): readonly Numbered[] {
  return hosts
    .map((host, index) => ({ host, index }))
    .toSorted(
      (one, other) =>
        RANK[outcomeOf(one.host)] - RANK[outcomeOf(other.host)] ||
        (other.host.security ?? 0) - (one.host.security ?? 0) ||
        (other.host.pending ?? 0) - (one.host.pending ?? 0),
    )
}

export const isGoing = (host: FleetHost) => ['going', 'waiting'].includes(outcomeOf(host))
