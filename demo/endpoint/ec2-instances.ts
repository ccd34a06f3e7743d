import type { Fleet } from '../machines/fleet.ts'
import { findImage } from '../machines/images.ts'
import { type Machine, privateName, publicName, stateCodes } from '../machines/machine.ts'
import { networkOf } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { derivedId, instanceElement, stateElement } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'

export function describeInstances({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const { page, nextToken } = pageOf(select(fleet, query, region), query)
  return {
    reservationSet: page.map((machine) => ({
      reservationId: derivedId('r', machine),
      ownerId: fleet.accountId,
      groupSet: [],
      instancesSet: [instanceElement(machine, fleet.accountId)],
    })),
    nextToken,
  }
}

export function describeInstanceStatus({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const machines = select(fleet, query, region).filter((machine) => query.flag('IncludeAllInstances') || machine.state === 'running')
  const { page, nextToken } = pageOf(machines, query)
  return {
    instanceStatusSet: page.map((machine) => {
      const status = machine.state === 'running' ? 'ok' : 'not-applicable'
      const details = machine.state === 'running' ? [{ name: 'reachability', status: 'passed' }] : []
      return {
        instanceId: machine.spec.instanceId,
        availabilityZone: `${region}${machine.spec.zone}`,
        instanceState: stateElement(machine.state),
        systemStatus: { status, details },
        instanceStatus: { status, details },
        attachedEbsStatus: { status, details },
      }
    }),
    nextToken,
  }
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

export function select(fleet: Fleet, query: Query, region: string): readonly Machine[] {
  const ids = query.list('InstanceId')
  if (ids.length > 0 && query.text('MaxResults') !== undefined) {
    throw new AwsError('InvalidParameterCombination', 'The parameter instancesSet cannot be used with the parameter maxResults')
  }
  const rows = ids.length > 0 ? findMachines(fleet, region, ids) : fleet.machines.filter((machine) => machine.spec.region === region)
  return applyFilters(rows, query.filters(), filterable)
}

const filterable: Filterable<Machine> = {
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
    'vpc-id': ({ spec }) => networkOf(spec).vpcId,
    'subnet-id': ({ spec }) => networkOf(spec).subnetId,
    'instance.group-id': ({ groups }) => groups.map(({ id }) => id),
    'instance.group-name': ({ groups }) => groups.map(({ name }) => name),
    'ip-address': (machine) => machine.publicAddress,
    'dns-name': publicName,
    'private-ip-address': ({ spec }) => spec.privateAddress,
    'private-dns-name': privateName,
  },
  tags: ({ spec }) => ({ Name: spec.name, ...spec.tags }),
}
