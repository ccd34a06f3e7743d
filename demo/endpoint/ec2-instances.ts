import type { Fleet } from '../machines/fleet.ts'
import { findImage } from '../machines/images.ts'
import { type Machine, privateName, publicName, stateCodes } from '../machines/machine.ts'
import { type Network, networkOf } from '../machines/network.ts'
import { addressesOf } from '../machines/surroundings.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { derivedId, instanceElement, stateElement } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

export function describeInstances(account: Account, query: Query, region: string): ReturnType<Action> {
  const { page, nextToken } = pageOf(select(account, query, region), query)
  return {
    reservationSet: page.map((machine) => ({
      reservationId: derivedId('r', machine),
      ownerId: account.fleet.accountId,
      groupSet: [],
      instancesSet: [instanceElement(machine, account.fleet.accountId, account.network)],
    })),
    nextToken,
  }
}

export function describeInstanceStatus(account: Account, query: Query, region: string): ReturnType<Action> {
  const machines = select(account, query, region).filter((machine) => query.flag('IncludeAllInstances') || machine.state === 'running')
  const { page, nextToken } = pageOf(machines, query)
  return {
    instanceStatusSet: page.map((machine) => {
      const { system, instance, disks } = account.network.around(machine).status
      return {
        instanceId: machine.spec.instanceId,
        availabilityZone: `${region}${machine.spec.zone}`,
        instanceState: stateElement(machine.state),
        systemStatus: statusElement(machine, system),
        instanceStatus: statusElement(machine, instance),
        attachedEbsStatus: statusElement(machine, disks),
        eventsSet: machine.retiresAt ? [retirement(machine.retiresAt, derivedId('instance-event', machine))] : [],
      }
    }),
    nextToken,
  }
}

function statusElement({ state, own }: Machine, status: string): XmlValue {
  if (state !== 'running') return { status: 'not-applicable', details: [] }
  const reachability = { ok: 'passed', impaired: 'failed' }[status] ?? status
  const impairedSince = status === 'impaired' ? own?.impairedSince : undefined
  return { status, details: [{ name: 'reachability', status: reachability, impairedSince }] }
}

function retirement(notBefore: Date, instanceEventId: string): XmlValue {
  return { instanceEventId, code: 'instance-retirement', description: 'The instance is running on degraded hardware', notBefore }
}

/** Those of a region, in the order of `ids`. Throws InvalidInstanceID.NotFound and .Malformed as EC2 does. */
export function findMachines(fleet: Fleet, region: string, ids: readonly string[]): readonly Machine[] {
  const malformed = ids.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
  if (malformed !== undefined) throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`)
  const found = ids.map((id) => fleet.machines.find((machine) => machine.spec.instanceId === id && machine.spec.region === region))
  const missing = ids.filter((_id, index) => found[index] === undefined)
  if (missing.length > 0) {
    const plural = missing.length > 1 ? `instance IDs '${missing.join(', ')}' do` : `instance ID '${missing[0]}' does`
    throw new AwsError('InvalidInstanceID.NotFound', `The ${plural} not exist`)
  }
  return found.filter((machine) => machine !== undefined)
}

export function select({ fleet, network }: Account, query: Query, region: string): readonly Machine[] {
  const ids = query.list('InstanceId')
  if (ids.length > 0 && query.text('MaxResults') !== undefined) {
    throw new AwsError('InvalidParameterCombination', 'The parameter instancesSet cannot be used with the parameter maxResults')
  }
  const rows = ids.length > 0 ? findMachines(fleet, region, ids) : fleet.machines.filter((machine) => machine.spec.region === region)
  return applyFilters(rows, query.filters(), filterable(network))
}

const filterable = (network: Network): Filterable<Machine> => ({
  fields: {
    'instance-id': ({ spec }) => spec.instanceId,
    'instance-state-name': (machine) => machine.state,
    'instance-state-code': (machine) => String(stateCodes[machine.state]),
    'instance-type': ({ spec }) => spec.type,
    'image-id': ({ spec }) => spec.imageId,
    'key-name': ({ spec }) => spec.keyName,
    'availability-zone': ({ spec }) => `${spec.region}${spec.zone}`,
    architecture: ({ spec }) => spec.architecture,
    platform: ({ spec }) => (findImage(spec.imageId)?.platformDetails.startsWith('Windows') ? 'windows' : undefined),
    'vpc-id': (machine) => networkOf(machine).vpcId,
    'subnet-id': (machine) => networkOf(machine).subnetId,
    'instance.group-id': (machine) => network.around(machine).groups.map(({ id }) => id),
    'instance.group-name': (machine) => network.around(machine).groups.map(({ name }) => name),
    'ip-address': (machine) => addressesOf(machine).public,
    'dns-name': publicName,
    'private-ip-address': ({ spec }) => spec.privateAddress,
    'private-dns-name': privateName,
  },
  tags: ({ spec }) => ({ Name: spec.name, ...spec.tags }),
})
