import type { Forward } from '../../contract/models/tunnel.ts'

/** A place in the picture of a tunnel, in the order in which a connection goes. `at`: where something listens. */
export interface Station {
  readonly place: 'here' | 'host' | 'target'
  readonly at?: { readonly host: string; readonly port: number }
}

export function stationsOf(forward: Forward): readonly Station[] {
  const from = { host: forward.bindAddress, port: forward.bindPort }
  if (forward.kind === 'dynamic') return [{ place: 'here', at: from }, { place: 'host' }, { place: 'target' }]
  const target: Station = { place: 'target', at: { host: forward.toHost, port: forward.toPort } }
  return forward.kind === 'local'
    ? [{ place: 'here', at: from }, { place: 'host' }, target]
    : [{ place: 'host', at: from }, { place: 'here' }, target]
}
