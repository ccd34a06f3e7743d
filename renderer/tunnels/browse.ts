import type { Tunnel } from '../../contract/models/tunnel.ts'
import { services } from '../network/services.ts'

const SECURE_PORTS = new Set([443, 8443])
/** A browser has nothing to say to the others that have a name. */
const WEB_SERVICES = new Set(['HTTP', 'HTTPS', 'Elasticsearch'])
const ALL_ADDRESSES: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** Where a browser on this computer finds what a tunnel leads to; `undefined` where there is nothing for it. */
export function browserAddress({ forward }: Pick<Tunnel, 'forward'>): string | undefined {
  if (forward.kind !== 'local') return undefined
  const { bindAddress, bindPort, toPort } = forward
  const service = services[toPort]
  if (service !== undefined && !WEB_SERVICES.has(service)) return undefined
  const host = ALL_ADDRESSES[bindAddress] ?? (bindAddress.includes(':') ? `[${bindAddress}]` : bindAddress)
  return `${SECURE_PORTS.has(toPort) ? 'https' : 'http'}://${host}:${bindPort}/`
}
