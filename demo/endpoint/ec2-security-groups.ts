import type { Rule, SecurityGroup } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { requireAll } from './ec2-key-pairs.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

export function describeSecurityGroups({ fleet, network }: Account, query: Query, region: string): ReturnType<Action> {
  const present = network.groups(region)
  const ids = query.list('GroupId')
  const names = query.list('GroupName')
  requireAll(ids, (id) => present.some((group) => group.id === id), 'InvalidGroup.NotFound', 'security group')
  requireAll(names, (name) => present.some((group) => group.name === name), 'InvalidGroup.NotFound', 'security group')
  const wanted = present.filter((group) => (ids.length === 0 && names.length === 0) || ids.includes(group.id) || names.includes(group.name))
  const { page, nextToken } = pageOf(applyFilters(wanted, query.filters(), groupFilters), query)
  return {
    securityGroupInfo: page.map((group) => {
      const rules = network.rules.filter((rule) => rule.groupId === group.id)
      return {
        ownerId: fleet.accountId,
        groupId: group.id,
        groupName: group.name,
        groupDescription: group.description,
        vpcId: group.vpcId,
        ipPermissions: permissions(
          rules.filter((rule) => !rule.egress),
          fleet.accountId,
        ),
        ipPermissionsEgress: permissions(
          rules.filter((rule) => rule.egress),
          fleet.accountId,
        ),
        tagSet: Object.entries(group.tags).map(([key, value]) => ({ key, value })),
      }
    }),
    nextToken,
  }
}

export function describeSecurityGroupRules({ fleet, network }: Account, query: Query, region: string): ReturnType<Action> {
  const groups = new Set(network.groups(region).map(({ id }) => id))
  const present = network.rules.filter((rule) => groups.has(rule.groupId))
  const ids = query.list('SecurityGroupRuleId')
  requireAll(ids, (id) => present.some((rule) => rule.id === id), 'InvalidSecurityGroupRuleId.NotFound', 'security group rule ID')
  const wanted = present.filter((rule) => ids.length === 0 || ids.includes(rule.id))
  const { page, nextToken } = pageOf(applyFilters(wanted, query.filters(), ruleFilters), query)
  return { securityGroupRuleSet: page.map((rule) => ruleElement(rule, fleet.accountId)), nextToken }
}

export function ruleElement({ peer, ...rule }: Rule, accountId: string): XmlValue {
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    groupOwnerId: accountId,
    isEgress: rule.egress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    cidrIpv4: peer.kind === 'ipv4' ? peer.cidr : undefined,
    cidrIpv6: peer.kind === 'ipv6' ? peer.cidr : undefined,
    prefixListId: peer.kind === 'prefix-list' ? peer.prefixListId : undefined,
    referencedGroupInfo: peer.kind === 'group' ? { groupId: peer.groupId, userId: accountId } : undefined,
    description: rule.description,
    tagSet: Object.entries(rule.tags).map(([key, value]) => ({ key, value })),
  }
}

/** As DescribeSecurityGroups puts them: one for each protocol and range of ports, with everybody whom it is about. */
function permissions(rules: readonly Rule[], accountId: string): readonly XmlValue[] {
  return Object.values(Object.groupBy(rules, ({ protocol, fromPort, toPort }) => `${protocol} ${fromPort} ${toPort}`)).flatMap(
    (same = []) => {
      const [first] = same
      if (!first) return []
      const all = first.protocol === '-1'
      return {
        ipProtocol: first.protocol,
        fromPort: all ? undefined : first.fromPort,
        toPort: all ? undefined : first.toPort,
        groups: same.flatMap(({ peer, description }) =>
          peer.kind === 'group' ? { userId: accountId, groupId: peer.groupId, description } : [],
        ),
        ipRanges: same.flatMap(({ peer, description }) => (peer.kind === 'ipv4' ? { cidrIp: peer.cidr, description } : [])),
        ipv6Ranges: same.flatMap(({ peer, description }) => (peer.kind === 'ipv6' ? { cidrIpv6: peer.cidr, description } : [])),
        prefixListIds: same.flatMap(({ peer, description }) =>
          peer.kind === 'prefix-list' ? { prefixListId: peer.prefixListId, description } : [],
        ),
      }
    },
  )
}

const groupFilters: Filterable<SecurityGroup> = {
  fields: {
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    'vpc-id': (group) => group.vpcId,
    description: (group) => group.description,
  },
}
const ruleFilters: Filterable<Rule> = {
  fields: { 'group-id': (rule) => rule.groupId, 'security-group-rule-id': (rule) => rule.id },
  tags: (rule) => rule.tags,
}
