import { contains, isWorld } from '../cidr.ts'
import type { AclEntry } from '../network-calls.ts'
import type { ConnectFacts } from './connect-facts.ts'
import { advice, broken, type Judged, ok, unknown } from './judged.ts'

/** Where answers go: what Linux, macOS and Windows use is above 32767; a NAT may use any port that is not reserved. */
const REPLY_PORTS = { usual: 32_768, first: 1_024, last: 65_535 }

/** A network ACL remembers nothing: the packet must get in, and the answer out. The lowest number that fits decides. */
export function judgeAclIn(facts: ConnectFacts): Judged {
  const { acl, port } = facts
  if (!acl) return unknown
  const found = deciding(facts, acl.entries, false, port)
  if (found === 'unknown') return unknown
  const params = { acl: acl.id, number: found ? nameOf(found) : '*' }
  return found?.allow ? ok('allowed', params) : broken('denied', params, advice('acl-in', { ...params, port: String(port) }))
}

export function judgeAclOut(facts: ConnectFacts): Judged {
  const { acl } = facts
  if (!acl) return unknown
  const edges = acl.entries.flatMap(({ fromPort, toPort }) => [fromPort ?? 0, (toPort ?? 65_535) + 1])
  const ports = [REPLY_PORTS.first, REPLY_PORTS.usual, ...edges].filter((port) => port >= REPLY_PORTS.first && port <= REPLY_PORTS.last)
  const verdicts = [...new Set(ports)].map((port) => ({ port, found: deciding(facts, acl.entries, true, port) }))
  if (verdicts.some(({ found }) => found === 'unknown')) return unknown
  const let_ = (each: (typeof verdicts)[number]) => each.found !== 'unknown' && each.found?.allow === true
  const usual = verdicts.filter(({ port }) => port >= REPLY_PORTS.usual)
  const params = { acl: acl.id }
  if (usual.every(let_)) return ok('allowed', params)
  if (!usual.some(let_)) return broken('denied', params, advice('acl-out', params))
  return { outcome: 'unknown', code: 'partly', params }
}

function deciding(
  { ownAddress, way }: ConnectFacts,
  entries: readonly AclEntry[],
  egress: boolean,
  port: number,
): AclEntry | 'unknown' | undefined {
  const version = way === 'ipv6' ? 'ipv6' : 'ipv4'
  const fitting = entries.filter((entry) => entry.egress === egress && coversTcp(entry, port)).toSorted((a, b) => a.number - b.number)
  for (const entry of fitting) {
    if (ownAddress ? contains(entry.cidr, ownAddress) : isWorld(entry.cidr) === version) return entry
    // It may or may not be about this computer.
    const sameVersion = entry.cidr.includes(':') === (version === 'ipv6')
    if (!ownAddress && sameVersion) return 'unknown'
  }
  return undefined
}

function coversTcp({ protocol, fromPort, toPort }: AclEntry, port: number): boolean {
  if (protocol === '-1') return true
  return protocol === '6' && (fromPort ?? 0) <= port && port <= (toPort ?? 65_535)
}

/** The last ones cannot be changed and are shown as an asterisk. */
function nameOf({ number }: AclEntry): string {
  return number >= 32_767 ? '*' : String(number)
}
