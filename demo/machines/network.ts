import { randomBytes } from 'node:crypto'
import { BlockList, isIPv6 } from 'node:net'
import { type SecurityGroupName, securityGroupNames } from './catalog.ts'
import { canonicalCidr } from './cidr.ts'
import type { Machine } from './machine.ts'
import { type OwnSurroundings, type Surroundings, usualSurroundings } from './surroundings.ts'

/** Whom a rule lets in, or where it lets out to. */
export type Peer =
  | { readonly kind: 'ipv4' | 'ipv6'; readonly cidr: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string }

export interface RuleSpec {
  readonly egress: boolean
  /** EC2's IpProtocol: `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, or a number. */
  readonly protocol: string
  /** -1 where there are none. */
  readonly fromPort: number
  readonly toPort: number
  readonly peer: Peer
  readonly description: string | undefined
}
export interface Rule extends RuleSpec {
  readonly id: string
  readonly groupId: string
  readonly tags: Readonly<Record<string, string>>
}
export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly vpcId: string
  readonly description: string
  readonly tags: Readonly<Record<string, string>>
}
export interface PrefixList {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly cidrs: readonly string[]
}

/** The account's groups and their rules as they are now, what is around its machines, and from where the person comes. */
export interface Network {
  groups(region: string): readonly SecurityGroup[]
  /** With the one rule that AWS gives a new group: everything may go out. */
  addGroup(group: Omit<SecurityGroup, 'id'>): SecurityGroup
  /** With its rules. */
  removeGroup(id: string): void
  prefixLists(region: string): readonly PrefixList[]
  around(machine: Machine): Surroundings
  rules: readonly Rule[]
  /** VPC Block Public Access, of the whole account: `off`, `block-bidirectional`, `block-ingress`. */
  publicAccess: string
  /** What an address service on the internet would see, by IPv4 and by IPv6. */
  visitor: string
  visitorIpv6: string
  /** With their groups, rules and lists, instead of what it had. */
  surround(machine: Machine, own: OwnSurroundings): void
}

const vpcs: Readonly<Record<string, string>> = {
  'us-east-1': 'vpc-0a1f4c8e2b6d9073e',
  'eu-west-1': 'vpc-0b7e3d9a5c1f8264d',
  'sa-east-1': 'vpc-0c2d8f6b4e9a7150f',
}
/** RFC 5737's third network: an office, in which the practice account's person sits. */
export const firstVisitor = '192.0.2.77'
const firstVisitorIpv6 = '2001:db8:77::7'

const anyone: readonly Peer[] = [
  { kind: 'ipv4', cidr: '0.0.0.0/0' },
  { kind: 'ipv6', cidr: '::/0' },
]
type FirstRule = {
  readonly protocol: string
  readonly port?: number
  readonly peers: readonly Peer[] | 'itself'
  readonly description?: string
}
const firstRules: Readonly<Record<SecurityGroupName, { readonly description: string; readonly ingress: readonly FirstRule[] }>> = {
  default: { description: 'default VPC security group', ingress: [{ protocol: '-1', peers: 'itself' }] },
  'ssh-open': {
    description: 'SSH and web',
    ingress: [
      { protocol: 'tcp', port: 22, peers: anyone, description: 'SSH' },
      { protocol: 'tcp', port: 443, peers: anyone },
    ],
  },
  'web-only': { description: 'Web, no SSH', ingress: [{ protocol: 'tcp', port: 443, peers: anyone, description: 'HTTPS' }] },
  'windows-rdp': {
    description: 'Remote desktop from the office',
    ingress: [{ protocol: 'tcp', port: 3389, peers: [{ kind: 'ipv4', cidr: '192.0.2.0/24' }] }],
  },
}

export function createNetwork(): Network {
  const surrounded = new Map<string, { readonly region: string; readonly own: OwnSurroundings }>()
  const ownOf = (region: string) => [...surrounded.values()].filter((each) => each.region === region).map(({ own }) => own)
  let kept = Object.keys(vpcs).flatMap(groupsOf)
  const network: Network = {
    rules: kept.flatMap(rulesOf),
    publicAccess: 'off',
    visitor: firstVisitor,
    visitorIpv6: firstVisitorIpv6,
    groups: (region) => [
      ...kept.filter((group) => group.region === region),
      ...ownOf(region).flatMap(({ groups }) =>
        groups.map(({ id, name }) => ({ id, name, region, vpcId: vpcs[region] ?? '', description: name, tags: {} })),
      ),
    ],
    addGroup(wanted) {
      const group = { ...wanted, id: `sg-0${randomBytes(8).toString('hex')}` }
      kept = [...kept, group]
      network.rules = [...network.rules, ...withIds(group, [outward])]
      return group
    },
    removeGroup(id) {
      kept = kept.filter((group) => group.id !== id)
      network.rules = network.rules.filter((rule) => rule.groupId !== id)
    },
    prefixLists: (region) => [
      ...(vpcs[region] ? [{ id: `pl-0${vpcs[region].slice(5)}`, name: 'offices', region, cidrs: offices }] : []),
      ...ownOf(region).flatMap(({ prefixLists }) => prefixLists.map((list) => ({ ...list, name: list.id, region }))),
    ],
    around({ own, spec, groups }) {
      const changed = groups?.map((group) => ({ ...group, others: own?.groups.find(({ id }) => id === group.id)?.others ?? 0 }))
      if (own) return changed ? { ...own, groups: changed } : own
      const group = { id: securityGroupId(spec.region, spec.securityGroup), name: spec.securityGroup, others: 0 }
      return { ...usualSurroundings(vpcs[spec.region] ?? ''), groups: changed ?? [group] }
    },
    surround({ spec }, own) {
      const before = surrounded.get(spec.instanceId)?.own.groups.map(({ id }) => id) ?? []
      surrounded.set(spec.instanceId, { region: spec.region, own })
      network.rules = [
        ...network.rules.filter(({ groupId }) => !before.includes(groupId)),
        ...own.rules.map((rule) => ({ ...rule, tags: {} })),
      ]
    },
  }
  return network
}

const offices = ['192.0.2.0/24', '198.51.100.128/25']

export function contains(cidr: string, address: string): boolean {
  const [network = '', bits = ''] = cidr.split('/')
  const version = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (isIPv6(network) !== (version === 'ipv6')) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), version)
  return list.check(address, version)
}

export function networkOf({ spec, own }: Pick<Machine, 'spec' | 'own'>): { readonly vpcId: string; readonly subnetId: string } {
  const vpcId = vpcs[spec.region] ?? ''
  return { vpcId, subnetId: own ? spec.instanceId.replace('i-', 'subnet-') : `subnet-0${vpcId.slice(5, 20)}${spec.zone}` }
}

export function vpcOf(region: string): string | undefined {
  return vpcs[region]
}

function securityGroupId(region: string, name: SecurityGroupName): string {
  return `sg-0${(vpcs[region] ?? '').slice(5, 20)}${securityGroupNames.indexOf(name)}`
}

function groupsOf(region: string): readonly SecurityGroup[] {
  const vpcId = vpcs[region]
  if (!vpcId) return []
  return securityGroupNames.map((name) => ({
    id: securityGroupId(region, name),
    name,
    region,
    vpcId,
    description: firstRules[name].description,
    tags: {},
  }))
}

const outward: RuleSpec = {
  egress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  description: undefined,
}

function rulesOf(group: SecurityGroup): readonly Rule[] {
  const ingress = firstRules[group.name as SecurityGroupName].ingress.flatMap(({ protocol, port = -1, peers, description }) =>
    (peers === 'itself' ? [{ kind: 'group' as const, groupId: group.id }] : peers).map((peer) => ({
      egress: false,
      protocol,
      fromPort: port,
      toPort: port,
      peer,
      description,
    })),
  )
  return withIds(group, [...ingress, outward])
}

function withIds(group: SecurityGroup, specs: readonly RuleSpec[]): readonly Rule[] {
  return specs.map((spec, index) => ({ ...spec, groupId: group.id, id: `sgr-0${group.id.slice(4, 18)}${index}f`, tags: {} }))
}

/** EC2 keeps addresses without the bits behind the prefix. Undefined for what is none. */
export function canonicalPeer(peer: Peer): Peer | undefined {
  if (peer.kind === 'group' || peer.kind === 'prefix-list') return peer
  const cidr = canonicalCidr(peer.cidr, peer.kind)
  return cidr === undefined ? undefined : { kind: peer.kind, cidr }
}
