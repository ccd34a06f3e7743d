import { type Rule, type SecurityGroup, securityGroups } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { requireAll } from './ec2-key-pairs.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

export function describeSecurityGroups({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const present = securityGroups(region)
  const ids = query.list('GroupId')
  const names = query.list('GroupName')
  requireAll(ids, (id) => present.some((group) => group.id === id), 'InvalidGroup.NotFound', 'security group')
  requireAll(names, (name) => present.some((group) => group.name === name), 'InvalidGroup.NotFound', 'security group')
  const wanted = present.filter((group) => (ids.length === 0 && names.length === 0) || ids.includes(group.id) || names.includes(group.name))
  const { page, nextToken } = pageOf(applyFilters(wanted, query.filters(), filterable), query)
  return {
    securityGroupInfo: page.map((group) => ({
      ownerId: fleet.accountId,
      groupId: group.id,
      groupName: group.name,
      groupDescription: group.description,
      vpcId: group.vpcId,
      ipPermissions: group.ingress.map((rule) => permission(rule, group, fleet.accountId)),
      ipPermissionsEgress: [permission({ protocol: '-1', from: '0.0.0.0/0' }, group, fleet.accountId)],
      tagSet: [],
    })),
    nextToken,
  }
}

/** A rule without an address admits the group's own members, as the default group's does. */
function permission(rule: Rule, group: SecurityGroup, accountId: string): XmlValue {
  const own = !rule.from && !rule.fromIpv6
  return {
    ipProtocol: rule.protocol,
    fromPort: rule.port,
    toPort: rule.port,
    groups: own ? [{ userId: accountId, groupId: group.id }] : [],
    ipRanges: rule.from ? [{ cidrIp: rule.from, description: rule.description }] : [],
    ipv6Ranges: rule.fromIpv6 ? [{ cidrIpv6: rule.fromIpv6, description: rule.description }] : [],
    prefixListIds: [],
  }
}

const filterable: Filterable<SecurityGroup> = {
  fields: {
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    'vpc-id': (group) => group.vpcId,
    description: (group) => group.description,
  },
}
