import { networkOf, vpcOf } from '../machines/network.ts'
import { type AclRule, type Route, usualSurroundings } from '../machines/surroundings.ts'
import type { Account, Action } from './action.ts'
import { applyFilters, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

/** One route table and one network ACL for each VPC, and for each machine with surroundings of its own. */
interface Subnets {
  readonly vpcId: string
  readonly id: string
  /** Those that have it by name; the VPC's main table has none, and is everybody's who has no other. */
  readonly subnets: readonly string[]
  readonly main: boolean
  readonly routes: readonly Route[]
  readonly acl: readonly AclRule[]
}

/** The VPC's own, and one for each machine with surroundings of its own. */
function subnetsOf({ fleet }: Account, region: string): readonly Subnets[] {
  const vpcId = vpcOf(region)
  if (!vpcId) return []
  const machines = fleet.machines.filter(({ spec }) => spec.region === region)
  const usual = machines.filter(({ own }) => !own).map((machine) => networkOf(machine).subnetId)
  return [
    { vpcId, id: vpcId.slice(4), subnets: [...new Set(usual)], main: true, ...usualSurroundings(vpcId) },
    ...machines.flatMap((machine) => {
      const { own, spec } = machine
      return own ? { ...own, vpcId, id: spec.instanceId.slice(2), subnets: [networkOf(machine).subnetId], main: false } : []
    }),
  ]
}

export function describeRouteTables(account: Account, query: Query, region: string): ReturnType<Action> {
  const { page, nextToken } = pageOf(
    applyFilters(subnetsOf(account, region), query.filters(), {
      fields: {
        'vpc-id': ({ vpcId }) => vpcId,
        'route-table-id': ({ id }) => `rtb-${id}`,
        'association.main': ({ main }) => String(main),
        'association.subnet-id': ({ main, subnets }) => (main ? undefined : subnets),
      },
    }),
    query,
  )
  return {
    routeTableSet: page.map(({ vpcId, id, main, subnets, routes }) => ({
      routeTableId: `rtb-${id}`,
      vpcId,
      ownerId: account.fleet.accountId,
      associationSet: (main ? [undefined] : subnets).map((subnetId) => ({
        main,
        subnetId,
        routeTableAssociationId: `rtbassoc-${id}`,
        routeTableId: `rtb-${id}`,
        associationState: { state: 'associated' },
      })),
      routeSet: routes.map(routeElement),
      tagSet: [],
    })),
    nextToken,
  }
}

function routeElement({ cidr, target, active }: Route): XmlValue {
  const ipv6 = cidr.includes(':')
  return {
    destinationCidrBlock: ipv6 ? undefined : cidr,
    destinationIpv6CidrBlock: ipv6 ? cidr : undefined,
    [targetElement(target)]: target,
    state: active ? 'active' : 'blackhole',
    origin: 'CreateRoute',
  }
}

function targetElement(target: string): string {
  if (target.startsWith('nat-')) return 'natGatewayId'
  if (target.startsWith('tgw-')) return 'transitGatewayId'
  return target.startsWith('eigw-') ? 'egressOnlyInternetGatewayId' : 'gatewayId'
}

/** With the rules that nobody can change, which refuse the rest. */
export function describeNetworkAcls(account: Account, query: Query, region: string): ReturnType<Action> {
  const { page, nextToken } = pageOf(
    applyFilters(subnetsOf(account, region), query.filters(), {
      fields: {
        'vpc-id': ({ vpcId }) => vpcId,
        'network-acl-id': ({ id }) => `acl-${id}`,
        'association.subnet-id': ({ subnets }) => subnets,
        default: ({ main }) => String(main),
      },
    }),
    query,
  )
  return {
    networkAclSet: page.map(({ vpcId, id, main, subnets, acl }) => ({
      networkAclId: `acl-${id}`,
      vpcId,
      ownerId: account.fleet.accountId,
      default: main,
      entrySet: [...acl, ...lastRules].map(aclElement),
      associationSet: subnets.map((subnetId) => ({
        networkAclAssociationId: subnetId.replace('subnet-', 'aclassoc-'),
        networkAclId: `acl-${id}`,
        subnetId,
      })),
      tagSet: [],
    })),
    nextToken,
  }
}

const lastRules: readonly AclRule[] = [false, true].flatMap((egress) => [
  { number: 32_767, egress, protocol: '-1', allow: false, cidr: '0.0.0.0/0' },
  { number: 32_768, egress, protocol: '-1', allow: false, cidr: '::/0' },
])

function aclElement({ number, egress, protocol, allow, cidr, fromPort, toPort }: AclRule): XmlValue {
  const ipv6 = cidr.includes(':')
  return {
    ruleNumber: number,
    egress,
    protocol,
    ruleAction: allow ? 'allow' : 'deny',
    cidrBlock: ipv6 ? undefined : cidr,
    ipv6CidrBlock: ipv6 ? cidr : undefined,
    portRange: fromPort === undefined ? undefined : { from: fromPort, to: toPort },
  }
}
