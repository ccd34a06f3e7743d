import type { Machine } from '../machines/machine.ts'
import { networkOf, type PrefixList, vpcOf } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { requireAll } from './ec2-key-pairs.ts'
import { derivedId, interfaceElement } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'

/** The way into the practice VPCs: one network interface a machine, one route table and one network ACL a VPC. */
export function describeNetworkInterfaces({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const present = fleet.machines.filter((machine) => machine.spec.region === region)
  const { page, nextToken } = pageOf(applyFilters(present, query.filters(), interfaceFilters), query)
  return {
    networkInterfaceSet: page.map((machine) => interfaceElement(machine, fleet.accountId, { instanceId: machine.spec.instanceId })),
    nextToken,
  }
}

/** The VPC's main table, which every subnet uses, leads out through an internet gateway. */
export function describeRouteTables({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const vpcId = vpcOf(region)
  const tables = vpcId ? [{ vpcId, routeTableId: vpcId.replace('vpc-', 'rtb-'), gatewayId: vpcId.replace('vpc-', 'igw-') }] : []
  const { page, nextToken } = pageOf(
    applyFilters(tables, query.filters(), {
      fields: {
        'vpc-id': (table) => table.vpcId,
        'route-table-id': (table) => table.routeTableId,
        'association.main': () => 'true',
        // Nothing is associated by name: the main table is everybody's.
        'association.subnet-id': () => undefined,
      },
    }),
    query,
  )
  return {
    routeTableSet: page.map(({ vpcId: vpc, routeTableId, gatewayId }) => ({
      routeTableId,
      vpcId: vpc,
      ownerId: fleet.accountId,
      associationSet: [
        { main: true, routeTableAssociationId: vpc.replace('vpc-', 'rtbassoc-'), routeTableId, associationState: { state: 'associated' } },
      ],
      routeSet: [
        { destinationCidrBlock: '10.0.0.0/8', gatewayId: 'local', state: 'active', origin: 'CreateRouteTable' },
        { destinationCidrBlock: '0.0.0.0/0', gatewayId, state: 'active', origin: 'CreateRoute' },
        { destinationIpv6CidrBlock: '::/0', gatewayId, state: 'active', origin: 'CreateRoute' },
      ],
      tagSet: [],
    })),
    nextToken,
  }
}

/** The default one: everything in and out, then the rule that refuses the rest. */
export function describeNetworkAcls({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const vpcId = vpcOf(region)
  const subnets = [...new Set(fleet.machines.filter(({ spec }) => spec.region === region).map(({ spec }) => networkOf(spec).subnetId))]
  const acls = vpcId ? [{ vpcId, id: vpcId.replace('vpc-', 'acl-') }] : []
  const { page, nextToken } = pageOf(
    applyFilters(acls, query.filters(), {
      fields: {
        'vpc-id': (acl) => acl.vpcId,
        'network-acl-id': (acl) => acl.id,
        'association.subnet-id': () => subnets,
        default: () => 'true',
      },
    }),
    query,
  )
  const entries = [false, true].flatMap((egress) =>
    [100, 32_767].flatMap((ruleNumber) => {
      const common = { ruleNumber, egress, protocol: '-1', ruleAction: ruleNumber === 100 ? 'allow' : 'deny' }
      const ipv6 = { ...common, ruleNumber: ruleNumber + 1, ipv6CidrBlock: '::/0' }
      return [{ ...common, cidrBlock: '0.0.0.0/0' }, ipv6]
    }),
  )
  return {
    networkAclSet: page.map((acl) => ({
      networkAclId: acl.id,
      vpcId: acl.vpcId,
      ownerId: fleet.accountId,
      default: true,
      entrySet: entries,
      associationSet: subnets.map((subnetId) => ({
        networkAclAssociationId: subnetId.replace('subnet-', 'aclassoc-'),
        networkAclId: acl.id,
        subnetId,
      })),
      tagSet: [],
    })),
    nextToken,
  }
}

export function describeManagedPrefixLists({ fleet, network }: Account, query: Query, region: string): ReturnType<Action> {
  const present = network.prefixLists(region)
  const ids = query.list('PrefixListId')
  requireAll(ids, (id) => present.some((list) => list.id === id), 'InvalidPrefixListId.NotFound', 'prefix list ID')
  const wanted = present.filter((list) => ids.length === 0 || ids.includes(list.id))
  return {
    prefixListSet: applyFilters(wanted, query.filters(), prefixListFilters).map((list) => ({
      prefixListId: list.id,
      prefixListName: list.name,
      addressFamily: 'IPv4',
      state: 'create-complete',
      maxEntries: 10,
      version: 1,
      ownerId: fleet.accountId,
      prefixListArn: `arn:aws:ec2:${region}:${fleet.accountId}:prefix-list/${list.id}`,
      tagSet: [],
    })),
  }
}

export function getManagedPrefixListEntries({ network }: Account, query: Query, region: string): ReturnType<Action> {
  const id = query.text('PrefixListId') ?? ''
  const list = network.prefixLists(region).find((candidate) => candidate.id === id)
  if (!list) throw new AwsError('InvalidPrefixListId.NotFound', `The prefix list ID '${id}' does not exist`)
  return { entrySet: list.cidrs.map((cidr) => ({ cidr })) }
}

export function describeVpcBlockPublicAccessOptions({ fleet }: Account, _query: Query, region: string): ReturnType<Action> {
  return {
    vpcBlockPublicAccessOptions: {
      awsAccountId: fleet.accountId,
      awsRegion: region,
      state: 'default-state',
      internetGatewayBlockMode: 'off',
      managedBy: 'account',
      exclusionsAllowed: 'allowed',
    },
  }
}

const interfaceFilters: Filterable<Machine> = {
  fields: {
    'network-interface-id': (machine) => derivedId('eni', machine),
    'attachment.instance-id': ({ spec }) => spec.instanceId,
    'group-id': ({ groups }) => groups.map(({ id }) => id),
    'vpc-id': ({ spec }) => networkOf(spec).vpcId,
    'subnet-id': ({ spec }) => networkOf(spec).subnetId,
  },
}
const prefixListFilters: Filterable<PrefixList> = {
  fields: { 'prefix-list-id': (list) => list.id, 'prefix-list-name': (list) => list.name },
}
