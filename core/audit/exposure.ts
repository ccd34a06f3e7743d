import type { FaultKind } from '../../contract/models/audit.ts'
import type { RuleContent } from '../../contract/models/network.ts'
import { isWorld } from '../network/cidr.ts'

/** What nobody but those who mean it should come to; the first that a rule covers gives the kind. */
const WATCHED: readonly (readonly [number, Extract<FaultKind, 'open-ssh' | 'open-rdp' | 'open-database'>, string])[] = [
  [22, 'open-ssh', 'SSH'],
  [3389, 'open-rdp', 'RDP'],
  [1433, 'open-database', 'SQL Server'],
  [1521, 'open-database', 'Oracle'],
  [3306, 'open-database', 'MySQL'],
  [5432, 'open-database', 'PostgreSQL'],
  [5439, 'open-database', 'Redshift'],
  [5984, 'open-database', 'CouchDB'],
  [6379, 'open-database', 'Redis'],
  [8086, 'open-database', 'InfluxDB'],
  [9042, 'open-database', 'Cassandra'],
  [9200, 'open-database', 'Elasticsearch'],
  [11211, 'open-database', 'Memcached'],
  [27017, 'open-database', 'MongoDB'],
]
/** That one listens on UDP as well, and is what floods are made with. */
const BY_UDP = 11_211

/** What a rule shows to the whole internet that it should not. Pure. */
export function exposure(rule: RuleContent): { readonly kind: FaultKind; readonly services: readonly string[] } | undefined {
  const { direction, protocol, peer, fromPort = 0, toPort = 65_535 } = rule
  if (direction !== 'inbound' || !('cidr' in peer) || !isWorld(peer.cidr)) return undefined
  if (protocol === '-1') return { kind: 'open-everything', services: [] }
  const name = protocol === '6' ? 'tcp' : protocol === '17' ? 'udp' : protocol
  if (name !== 'tcp' && name !== 'udp') return undefined
  if (name === 'tcp' && fromPort === 0 && toPort === 65_535) return { kind: 'open-everything', services: [] }
  const found = WATCHED.filter(([port]) => fromPort <= port && port <= toPort && (name === 'tcp' || port === BY_UDP))
  const [first] = found
  return first && { kind: first[1], services: found.map(([port, , service]) => `${service} (${port})`) }
}
