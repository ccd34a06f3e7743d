import type { RuleContent, RulePeer, WantedRule } from '../../contract/models/network.ts'
import { UserError } from '../user-error.ts'
import { canonicalCidr, type Version } from './cidr.ts'

/** The rules that a person's wish comes to: one, or two for anyone by IPv4 and IPv6. Pure. Throws UserError INVALID_INPUT. */
export function rulesFor(wanted: WantedRule, ownAddress: string | undefined): readonly RuleContent[] {
  const { direction, description } = wanted
  return peersFor(wanted, ownAddress).map((peer) => ({ direction, ...trafficOf(wanted), peer, description }))
}

/** What a rule becomes: EC2 keeps the kind of whom it is about. Throws UserError INVALID_INPUT. */
export function editedRule(wanted: WantedRule, before: RuleContent, ownAddress: string | undefined): RuleContent {
  const same = rulesFor(wanted, ownAddress).find(({ peer }) => peer.kind === before.peer.kind)
  if (!same) throw new UserError('INVALID_INPUT', { field: 'peer', problem: 'other-kind-of-source' })
  return { ...same, direction: before.direction }
}

function trafficOf({ protocol, fromPort, toPort }: WantedRule): Pick<RuleContent, 'protocol' | 'fromPort' | 'toPort'> {
  if (protocol === '-1') return { protocol }
  if (protocol === 'icmp' || protocol === 'icmpv6') return { protocol, fromPort: fromPort ?? -1, toPort: toPort ?? -1 }
  const last = toPort ?? fromPort
  if (fromPort === undefined || last === undefined || fromPort < 0 || fromPort > last)
    throw new UserError('INVALID_INPUT', { field: 'ports', problem: 'bad-ports' })
  return { protocol, fromPort, toPort: last }
}

function peersFor({ peer, protocol }: WantedRule, ownAddress: string | undefined): readonly RulePeer[] {
  switch (peer.kind) {
    case 'this-computer': {
      if (!ownAddress) throw new UserError('INVALID_INPUT', { field: 'peer', problem: 'own-address-unknown' })
      return [cidrPeer(ownAddress)]
    }
    case 'anyone':
      return ANYONE.filter(({ kind }) => fits(protocol, kind))
    case 'cidr':
      return [cidrPeer(peer.cidr)]
    case 'group':
    case 'prefix-list':
      return [peer]
  }
}

const ANYONE = [
  { kind: 'ipv4', cidr: '0.0.0.0/0' },
  { kind: 'ipv6', cidr: '::/0' },
] as const

/** ICMP is one protocol in IPv4 and another in IPv6. */
function fits(protocol: string, version: Version): boolean {
  return !((protocol === 'icmp' && version === 'ipv6') || (protocol === 'icmpv6' && version === 'ipv4'))
}

function cidrPeer(text: string): RulePeer {
  const known = canonicalCidr(text)
  if (!known) throw new UserError('INVALID_INPUT', { field: 'cidr', problem: 'bad-cidr' })
  return { kind: known.version, cidr: known.cidr }
}
