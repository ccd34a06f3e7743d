import type { Machine } from '../machines/machine.ts'
import { type Network, networkOf, type PrefixList } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { requireAll } from './ec2-key-pairs.ts'
import { derivedId, interfaceElement } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

/** The way into the practice VPCs: one network interface a machine. */
export function describeNetworkInterfaces({ fleet, network }: Account, query: Query, region: string): ReturnType<Action> {
  const present = fleet.machines.filter((machine) => machine.spec.region === region)
  const rows = present.flatMap((machine) => [{ machine }, ...strangersBeside(machine, network)])
  const { page, nextToken } = pageOf(applyFilters(rows, query.filters(), interfaceFilters(network)), query)
  return {
    networkInterfaceSet: page.map((row) =>
      'stranger' in row
        ? row.stranger
        : interfaceElement(row.machine, fleet.accountId, network, { instanceId: row.machine.spec.instanceId }),
    ),
    nextToken,
  }
}

interface InterfaceRow {
  readonly machine: Machine
  readonly group?: string
}

/** Load balancers' and other services' interfaces, which have the same groups. */
function strangersBeside(machine: Machine, network: Network): readonly (InterfaceRow & { readonly stranger: XmlValue })[] {
  return network.around(machine).groups.flatMap(({ id, name, others }) =>
    Array.from({ length: others }, (_, index) => ({
      machine,
      group: id,
      stranger: {
        networkInterfaceId: `${derivedId('eni', machine)}-${name}-${index}`,
        ...networkOf(machine),
        description: `ELB app/${name}-${index}`,
        status: 'in-use',
        groupSet: [{ groupId: id, groupName: name }],
      },
    })),
  )
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

export function describeVpcBlockPublicAccessOptions({ fleet, network }: Account, _query: Query, region: string): ReturnType<Action> {
  return {
    vpcBlockPublicAccessOptions: {
      awsAccountId: fleet.accountId,
      awsRegion: region,
      state: network.publicAccess === 'off' ? 'default-state' : 'update-complete',
      internetGatewayBlockMode: network.publicAccess,
      managedBy: 'account',
      exclusionsAllowed: 'allowed',
    },
  }
}

const interfaceFilters = (network: Network): Filterable<InterfaceRow> => ({
  fields: {
    'network-interface-id': ({ machine, group }) => (group ? undefined : derivedId('eni', machine)),
    'attachment.instance-id': ({ machine, group }) => (group ? undefined : machine.spec.instanceId),
    'group-id': ({ machine, group }) => group ?? network.around(machine).groups.map(({ id }) => id),
    'vpc-id': ({ machine }) => networkOf(machine).vpcId,
    'subnet-id': ({ machine }) => networkOf(machine).subnetId,
  },
})
const prefixListFilters: Filterable<PrefixList> = {
  fields: { 'prefix-list-id': (list) => list.id, 'prefix-list-name': (list) => list.name },
}
