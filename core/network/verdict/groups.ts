import type { WantedRule } from '../../../contract/models/network.ts'
import { canonicalCidr, contains, isWorld } from '../cidr.ts'
import type { RuleFacts } from '../network-calls.ts'
import type { ConnectFacts } from './connect-facts.ts'
import { advice, broken, type Judged, ok, unknown } from './judged.ts'

/** Whether any group of the interface lets this computer in; and if none does, the smallest rule that would. */
export function judgeGroups(facts: ConnectFacts): Judged {
  const { rules, groups, port, ownAddress } = facts
  if (!rules || !groups) return unknown
  if (groups.length === 0) return broken('no-groups', {}, advice('no-groups'))
  const fitting = rules.filter((rule) => rule.direction === 'inbound' && coversTcp(rule, port))
  const answers = fitting.map((rule) => ({ rule, admits: admits(facts, rule) }))
  const letting = answers.find(({ admits: answer }) => answer === true)
  const nameOf = (id: string) => groups.find((group) => group.id === id)?.name ?? id
  if (letting) {
    const { peer, groupId } = letting.rule
    return ok('allowed', {
      group: nameOf(groupId),
      peer: 'cidr' in peer ? peer.cidr : peer.kind === 'group' ? peer.groupId : peer.prefixListId,
    })
  }
  if (answers.some(({ admits: answer }) => answer === undefined)) return unknown
  if (!ownAddress) return broken('none', names(facts), advice('own-address-unknown'))
  return lackingRule(facts, ownAddress)
}

function lackingRule(facts: ConnectFacts, ownAddress: string): Judged {
  const { rules = [], groups = [], port, author } = facts
  const wanted: WantedRule = {
    direction: 'inbound',
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    peer: { kind: 'cidr', cidr: canonicalCidr(ownAddress)?.cidr ?? ownAddress },
    description: describe(author),
  }
  const old = rules.find((rule) => isOwnRule(rule, facts))
  if (old && 'cidr' in old.peer) {
    const change = { kind: 'edit', ruleId: old.id, rule: wanted } as const
    return broken('changed', { old: old.peer.cidr }, { kind: 'replace', change, address: ownAddress, old: old.peer.cidr })
  }
  // The one whose change reaches the fewest others.
  const [group] = groups.toSorted((a, b) => a.shared - b.shared)
  const groupId = group?.id ?? ''
  const change = { kind: 'add', groupId, rule: wanted, end: 'keep' } as const
  return broken('none', names(facts), { kind: 'allow', change, address: ownAddress, port: String(port), group: group?.name ?? groupId })
}

function names({ groups = [], port }: ConnectFacts) {
  return { groups: groups.map(({ name, id }) => name || id).join(', '), port: String(port) }
}

/** What EC2 allows in a description. */
function describe({ user, date }: ConnectFacts['author']): string {
  return `${prefix(user)}${date}`
}
function prefix(user: string): string {
  return `Mooring: ${user.replace(/[^a-zA-Z0-9 ._\-@]/g, '-').slice(0, 64)}, `
}

/** Made by Mooring for this person, for one address and this port alone. */
function isOwnRule({ direction, protocol, fromPort, toPort, peer, description }: RuleFacts, { port, author, way }: ConnectFacts): boolean {
  if (direction !== 'inbound' || protocol !== 'tcp' || fromPort !== port || toPort !== port) return false
  const single = way === 'ipv6' ? peer.kind === 'ipv6' && peer.cidr.endsWith('/128') : peer.kind === 'ipv4' && peer.cidr.endsWith('/32')
  return single && description.startsWith(prefix(author.user))
}

/** undefined: it depends on what is not known. */
function admits({ ownAddress, way, prefixLists }: ConnectFacts, { peer }: RuleFacts): boolean | undefined {
  const version = way === 'ipv6' ? 'ipv6' : 'ipv4'
  switch (peer.kind) {
    // Its members are other machines of the VPC, by their private addresses.
    case 'group':
      return false
    case 'prefix-list': {
      const cidrs = prefixLists.get(peer.prefixListId)
      if (!cidrs) return undefined
      return matches(cidrs)
    }
    default:
      return matches([peer.cidr])
  }
  function matches(cidrs: readonly string[]): boolean | undefined {
    if (ownAddress) return cidrs.some((cidr) => contains(cidr, ownAddress))
    const same = cidrs.filter((cidr) => cidr.includes(':') === (version === 'ipv6'))
    if (same.some((cidr) => isWorld(cidr) === version)) return true
    return same.length > 0 ? undefined : false
  }
}

function coversTcp({ protocol, fromPort, toPort }: RuleFacts, port: number): boolean {
  if (protocol === '-1') return true
  return (protocol === 'tcp' || protocol === '6') && (fromPort ?? 0) <= port && port <= (toPort ?? 65_535)
}
