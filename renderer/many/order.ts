import type { ManyHost } from '../../contract/models/many.ts'

export type Outcome = 'failed' | 'bad' | 'going' | 'waiting' | 'good'

/** `bad`: its command ended with another code than 0. Pure. */
export function outcomeOf({ phase }: Pick<ManyHost, 'phase'>): Outcome {
  switch (phase.kind) {
    case 'failed':
      return 'failed'
    case 'done':
      return phase.code === 0 ? 'good' : 'bad'
    case 'waiting':
      return 'waiting'
    case 'connecting':
    case 'running':
      return 'going'
  }
}

const RANK: Readonly<Record<Outcome, number>> = { failed: 0, bad: 1, going: 2, waiting: 3, good: 4 }

export interface Numbered {
  readonly host: ManyHost
  /** As `many.output` counts. */
  readonly index: number
}

/** Failures first, then what goes on, each in the order that they were chosen in. Pure. */
export function failuresFirst(hosts: readonly ManyHost[]): readonly Numbered[] {
  return hosts.map((host, index) => ({ host, index })).toSorted((one, other) => RANK[outcomeOf(one.host)] - RANK[outcomeOf(other.host)])
}

export interface Group {
  readonly alike: string
  readonly members: readonly [Numbered, ...Numbered[]]
}

/** Of those that are done: who printed the same and ended the same, the largest group first. Pure. */
export function groupsOf(hosts: readonly ManyHost[]): readonly Group[] {
  const groups = new Map<string, [Numbered, ...Numbered[]]>()
  for (const [index, host] of hosts.entries()) {
    if (host.alike === undefined) continue
    const group = groups.get(host.alike)
    if (group) group.push({ host, index })
    else groups.set(host.alike, [{ host, index }])
  }
  return [...groups].map(([alike, members]) => ({ alike, members })).toSorted((one, other) => other.members.length - one.members.length)
}
