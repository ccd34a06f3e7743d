import { randomBytes } from 'node:crypto'
import { canonicalPeer, type Peer, type Rule, type RuleSpec, type SecurityGroup } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { ruleElement } from './ec2-security-groups.ts'
import type { Query } from './query.ts'
import { readTagSpecification } from './tag-specification.ts'

/** VPC's quota "Inbound or outbound rules per security group". */
const RULES_PER_GROUP = 60

/** AuthorizeSecurityGroupIngress and …Egress: all of the rules, or none. */
export function authorize(egress: boolean): Action {
  return (account, query, region) => {
    const { network, fleet } = account
    const group = findGroup(account, query.text('GroupId'), region)
    const specs = query.structures('IpPermissions').flatMap((permission) => readPermission(permission, egress))
    if (specs.length === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter ipPermissions')
    const rules = network.rules.filter((rule) => rule.groupId === group.id && rule.egress === egress)
    for (const [index, spec] of specs.entries()) {
      checkPeer(account, spec.peer, region)
      if ([...rules, ...specs.slice(0, index)].some((other) => sameRule(other, spec))) throw duplicate(spec)
    }
    if (rules.length + specs.length > RULES_PER_GROUP) throw new AwsError('RulesPerSecurityGroupLimitExceeded')
    if (query.flag('DryRun')) return {}
    const tags = readTagSpecification(query, 'security-group-rule')
    const added = specs.map((spec): Rule => ({ ...spec, groupId: group.id, tags, id: `sgr-0${randomBytes(8).toString('hex')}` }))
    change(account, [...network.rules, ...added])
    return { return: true, securityGroupRuleSet: added.map((rule) => ruleElement(rule, fleet.accountId)) }
  }
}

/** By the rules' ids, or by what they say. */
export function revoke(egress: boolean): Action {
  return (account, query, region) => {
    const { network } = account
    const group = findGroup(account, query.text('GroupId'), region)
    const own = network.rules.filter((rule) => rule.groupId === group.id && rule.egress === egress)
    const byId = query.list('SecurityGroupRuleId').map((id) => findRule(own, id))
    const byContent = query
      .structures('IpPermissions')
      .flatMap((permission) => readPermission(permission, egress))
      .map((spec) => {
        const found = own.find((rule) => sameRule(rule, spec))
        if (!found) throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
        return found
      })
    const gone = new Set([...byId, ...byContent])
    if (gone.size === 0)
      throw new AwsError('MissingParameter', 'The request must contain the parameter securityGroupRuleIds or ipPermissions')
    if (query.flag('DryRun')) return {}
    change(
      account,
      network.rules.filter((rule) => !gone.has(rule)),
    )
    return { return: true }
  }
}

export const modifyRules: Action = (account, query, region) => {
  const { network } = account
  const group = findGroup(account, query.text('GroupId'), region)
  const own = network.rules.filter((rule) => rule.groupId === group.id)
  const changed = new Map<Rule, Rule>()
  for (const update of query.structures('SecurityGroupRule')) {
    const rule = findRule(own, update.text('SecurityGroupRuleId') ?? '')
    const wanted = { ...rule, ...readRule(prefixed(update, 'SecurityGroupRule'), rule.egress) }
    if (wanted.peer.kind !== rule.peer.kind)
      throw new AwsError('InvalidParameterValue', 'You may not modify the source or destination type of a security group rule.')
    checkPeer(account, wanted.peer, region)
    if (own.some((other) => other !== rule && other.egress === rule.egress && sameRule(other, wanted))) throw duplicate(wanted)
    changed.set(rule, wanted)
  }
  if (changed.size === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter securityGroupRules')
  if (query.flag('DryRun')) return {}
  change(
    account,
    network.rules.map((rule) => changed.get(rule) ?? rule),
  )
  return { return: true }
}

function change(account: Account, rules: readonly Rule[]) {
  account.network.rules = rules
  account.rulesChanged()
}

export function findGroup({ network }: Pick<Account, 'network'>, id: string | undefined, region: string): SecurityGroup {
  const group = network.groups(region).find((candidate) => candidate.id === id)
  if (!group) throw new AwsError('InvalidGroup.NotFound', `The security group '${id ?? ''}' does not exist`)
  return group
}

function findRule(rules: readonly Rule[], id: string): Rule {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) throw new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`)
  return rule
}

function checkPeer({ network }: Account, peer: Peer, region: string) {
  if (peer.kind === 'group' && !network.groups(region).some(({ id }) => id === peer.groupId))
    throw new AwsError('InvalidGroup.NotFound', `The security group '${peer.groupId}' does not exist`)
  if (peer.kind === 'prefix-list' && !network.prefixLists(region).some(({ id }) => id === peer.prefixListId))
    throw new AwsError('InvalidPrefixListId.NotFound', `The prefix list ID '${peer.prefixListId}' does not exist`)
}

/** A permission's structure holds several rules: one for each of those whom it is about. */
function readPermission(permission: Query, egress: boolean): RuleSpec[] {
  const common = readPorts(permission, egress)
  const described = (list: string, read: (entry: Query) => Peer): RuleSpec[] =>
    permission.structures(list).map((entry) => ({ ...common, peer: canonical(read(entry)), description: readDescription(entry) }))
  return [
    ...described('IpRanges', (entry) => ({ kind: 'ipv4', cidr: entry.text('CidrIp') ?? '' })),
    ...described('Ipv6Ranges', (entry) => ({ kind: 'ipv6', cidr: entry.text('CidrIpv6') ?? '' })),
    ...described('Groups', (entry) => ({ kind: 'group', groupId: entry.text('GroupId') ?? '' })),
    ...described('PrefixListIds', (entry) => ({ kind: 'prefix-list', prefixListId: entry.text('PrefixListId') ?? '' })),
  ]
}

/** ModifySecurityGroupRules' flat form. */
function readRule(rule: Query, egress: boolean): RuleSpec {
  const [ipv4, ipv6, groupId, prefixListId] = ['CidrIpv4', 'CidrIpv6', 'ReferencedGroupId', 'PrefixListId'].map((name) => rule.text(name))
  const peer: Peer | undefined = ipv4
    ? { kind: 'ipv4', cidr: ipv4 }
    : ipv6
      ? { kind: 'ipv6', cidr: ipv6 }
      : groupId
        ? { kind: 'group', groupId }
        : prefixListId
          ? { kind: 'prefix-list', prefixListId }
          : undefined
  if (!peer) throw new AwsError('MissingParameter', 'Either the source or the destination of the rule must be specified')
  return { ...readPorts(rule, egress), peer: canonical(peer), description: readDescription(rule) }
}

function prefixed(query: Query, name: string): Query {
  return { ...query, text: (inner) => query.text(`${name}.${inner}`) }
}

function readPorts(query: Query, egress: boolean): Pick<RuleSpec, 'egress' | 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = protocolNames[query.text('IpProtocol') ?? ''] ?? query.text('IpProtocol') ?? ''
  if (!/^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol))
    throw new AwsError('InvalidPermission.Malformed', `Unsupported IP protocol "${protocol}"`)
  if (protocol === '-1') return { egress, protocol, fromPort: -1, toPort: -1 }
  const [fromPort, toPort] = [query.text('FromPort'), query.text('ToPort')].map((text) => (text === undefined ? Number.NaN : Number(text)))
  const isPort = protocol === 'tcp' || protocol === 'udp'
  if (fromPort === undefined || toPort === undefined || !Number.isInteger(fromPort) || !Number.isInteger(toPort))
    throw new AwsError('InvalidParameterValue', 'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.')
  if (isPort && (fromPort < 0 || toPort > 65_535 || fromPort > toPort))
    throw new AwsError('InvalidParameterValue', `Invalid TCP/UDP port range (${fromPort}:${toPort})`)
  return { egress, protocol, fromPort, toPort }
}
const protocolNames: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' }

/** EC2 API Reference, IpRange. */
function readDescription(query: Pick<Query, 'text'>): string | undefined {
  const text = query.text('Description')
  if (text === undefined || text === '') return undefined
  if (!/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(text)) {
    const set = 'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*'
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  ${set}`,
    )
  }
  return text
}

function canonical(peer: Peer): Peer {
  const known = canonicalPeer(peer)
  if (known) return known
  throw new AwsError('InvalidParameterValue', `CIDR block ${'cidr' in peer ? peer.cidr : ''} is malformed`)
}

function sameRule(one: RuleSpec, other: RuleSpec): boolean {
  const same = one.protocol === other.protocol && one.fromPort === other.fromPort && one.toPort === other.toPort
  return same && JSON.stringify(one.peer) === JSON.stringify(other.peer)
}

function duplicate({ peer, protocol, fromPort, toPort }: RuleSpec): AwsError {
  const who = 'cidr' in peer ? peer.cidr : peer.kind === 'group' ? peer.groupId : peer.prefixListId
  const what = protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`
  return new AwsError('InvalidPermission.Duplicate', `the specified rule "peer: ${who}, ${what}, ALLOW" already exists`)
}
