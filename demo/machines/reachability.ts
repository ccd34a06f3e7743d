import { isIPv6 } from 'node:net'
import type { Machine } from './machine.ts'
import { contains, type Network, type Peer, type Rule } from './network.ts'
import type { AclRule, AddressKind, HostManner, Route } from './surroundings.ts'

/** What a person sees who connects to the machine's SSH port. */
export type Answer = HostManner | 'no-route'

/** What becomes of a connection to its SSH server: first whether the packets get there and back, then what the machine does. */
export function answerAt(machine: Machine, to: AddressKind, network: Network): Answer {
  const { path, port, host } = network.around(machine)
  if (path === 'offline') return 'no-route'
  return admits(machine, to, port, network) ? host : 'drops'
}

/** Whether a TCP connection from the visitor comes to be, for all that AWS has a say in. */
export function admits(machine: Machine, to: AddressKind, port: number, network: Network): boolean {
  const around = network.around(machine)
  if (machine.state !== 'running') return false
  if (to === 'private' || around.path !== 'internet') return around.path === 'vpn' || around.path === 'astray'
  const visitor = to === 'ipv6' ? network.visitorIpv6 : network.visitor
  const blocked = network.publicAccess !== 'off' && !around.exempt
  const { region } = machine.spec
  return (
    !blocked &&
    // A network ACL does not know which packets are answers: both ways have to be open.
    aclAllows(around.acl, false, visitor, port) &&
    aclAllows(around.acl, true, visitor, REPLY_PORT) &&
    around.groups.some(({ id }) => network.rules.some((rule) => rule.groupId === id && letsIn(rule, visitor, port, network, region))) &&
    leadsToInternet(around.routes, visitor)
  )
}

/** The port that the visitor's system chose for its end: Linux takes one above 32767. */
const REPLY_PORT = 33_000

/** The rule with the lowest number that fits decides; the last one, which is always there, denies. */
function aclAllows(rules: readonly AclRule[], egress: boolean, other: string, port: number): boolean {
  let decided: AclRule | undefined
  for (const rule of rules) {
    const ofTcp = rule.protocol === '-1' || (rule.protocol === '6' && port >= (rule.fromPort ?? port) && port <= (rule.toPort ?? port))
    if (rule.egress !== egress || !ofTcp || !contains(rule.cidr, other)) continue
    if (!decided || rule.number < decided.number) decided = rule
  }
  return decided?.allow ?? false
}

function letsIn({ egress, protocol, fromPort, toPort, peer }: Rule, visitor: string, port: number, network: Network, region: string) {
  const ofTcp = protocol === '-1' || (protocol === 'tcp' && fromPort <= port && port <= toPort)
  return !egress && ofTcp && isAbout(peer, visitor, network, region)
}

/** A group's members come from inside, which nobody here does. */
function isAbout(peer: Peer, address: string, network: Network, region: string): boolean {
  switch (peer.kind) {
    case 'group':
      return false
    case 'prefix-list':
      return (network.prefixLists(region).find(({ id }) => id === peer.prefixListId)?.cidrs ?? []).some((cidr) => contains(cidr, address))
    default:
      return contains(peer.cidr, address)
  }
}

/** The answers take the route whose prefix is the longest, and only an internet gateway brings them to where the question came from. */
function leadsToInternet(routes: readonly Route[], visitor: string): boolean {
  for (let bits = isIPv6(visitor) ? 128 : 32; bits >= 0; bits--) {
    const route = routes.find(({ cidr }) => cidr.endsWith(`/${bits}`) && contains(cidr, visitor))
    if (route) return route.active && route.target.startsWith('igw-')
  }
  return false
}
