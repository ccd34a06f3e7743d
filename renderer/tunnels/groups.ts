import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Forward, TunnelState } from '../../contract/models/tunnel.ts'

/** The tunnels of one host, which are drawn in one picture. */
export interface TunnelGroup {
  readonly key: string
  readonly target: Target
  /** Never empty. */
  readonly tunnels: readonly TunnelState[]
}

/** In the order in which the hosts first come. */
export function groupsOf(tunnels: readonly TunnelState[]): readonly TunnelGroup[] {
  const groups = Map.groupBy(tunnels, ({ target }) => targetKey(target))
  return [...groups].flatMap(([key, ofHost]) => (ofHost[0] ? [{ key, target: ofHost[0].target, tunnels: ofHost }] : []))
}

/** A tunnel as a line of its host's picture: which way connections go, and what is at either end. `there` absent: anywhere. */
export interface Line {
  readonly outward: boolean
  readonly here: string
  readonly there?: string
}

export function lineOf(forward: Forward): Line {
  const bind = `:${forward.bindPort}`
  if (forward.kind === 'dynamic') return { outward: true, here: bind }
  const to = `${forward.toHost}:${forward.toPort}`
  return forward.kind === 'local' ? { outward: true, here: bind, there: to } : { outward: false, here: to, there: bind }
}
