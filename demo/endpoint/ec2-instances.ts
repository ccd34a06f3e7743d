import { createHash } from 'node:crypto'
import type { Fleet } from '../machines/fleet.ts'
import { findImage } from '../machines/images.ts'
import { type Machine, type MachineState, privateName, publicName, stateCodes } from '../machines/machine.ts'
import { networkOf, securityGroupId } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

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

export function stateElement(state: MachineState): XmlValue {
  return { code: stateCodes[state], name: state }
}

export function tagSet({ spec }: Machine): readonly XmlValue[] {
  return Object.entries({ Name: spec.name, ...spec.tags }).map(([key, value]) => ({ key, value }))
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
    'instance.group-id': ({ spec }) => securityGroupId(spec.region, spec.securityGroup),
    'instance.group-name': ({ spec }) => spec.securityGroup,
    'ip-address': (machine) => machine.publicAddress,
    'dns-name': publicName,
    'private-ip-address': ({ spec }) => spec.privateAddress,
    'private-dns-name': privateName,
  },
  tags: ({ spec }) => ({ Name: spec.name, ...spec.tags }),
}

function instanceElement(machine: Machine, accountId: string): XmlValue {
  const { spec, launchedAt } = machine
  const image = findImage(spec.imageId)
  const windows = image?.platformDetails.startsWith('Windows') ?? false
  const { vpcId, subnetId } = networkOf(spec)
  const groupSet = [{ groupId: securityGroupId(spec.region, spec.securityGroup), groupName: spec.securityGroup }]
  const rootDeviceName = windows ? '/dev/sda1' : image?.name.startsWith('al2023') ? '/dev/xvda' : '/dev/sda1'
  return {
    instanceId: spec.instanceId,
    imageId: spec.imageId,
    instanceState: stateElement(machine.state),
    privateDnsName: privateName(machine),
    dnsName: publicName(machine) ?? '',
    reason: machine.reason,
    keyName: spec.keyName,
    amiLaunchIndex: 0,
    productCodes: [],
    instanceType: spec.type,
    launchTime: launchedAt,
    placement: { availabilityZone: `${spec.region}${spec.zone}`, groupName: '', tenancy: 'default' },
    platform: windows ? 'windows' : undefined,
    platformDetails: image?.platformDetails ?? 'Linux/UNIX',
    usageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    monitoring: { state: 'disabled' },
    subnetId,
    vpcId,
    privateIpAddress: spec.privateAddress,
    ipAddress: machine.publicAddress,
    ipv6Address: spec.ipv6Address,
    sourceDestCheck: true,
    groupSet,
    stateReason:
      machine.state === 'stopped' || machine.state === 'stopping'
        ? { code: 'Client.UserInitiatedShutdown', message: 'Client.UserInitiatedShutdown: User initiated shutdown' }
        : undefined,
    architecture: spec.architecture,
    rootDeviceType: 'ebs',
    rootDeviceName,
    blockDeviceMapping: [
      {
        deviceName: rootDeviceName,
        ebs: { volumeId: derivedId('vol', machine), status: 'attached', attachTime: launchedAt, deleteOnTermination: true },
      },
    ],
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    ebsOptimized: false,
    enaSupport: true,
    tagSet: tagSet(machine),
    networkInterfaceSet: [
      {
        networkInterfaceId: derivedId('eni', machine),
        subnetId,
        vpcId,
        ownerId: accountId,
        status: 'in-use',
        privateIpAddress: spec.privateAddress,
        privateDnsName: privateName(machine),
        sourceDestCheck: true,
        groupSet,
        attachment: { deviceIndex: 0, status: 'attached', attachTime: launchedAt, deleteOnTermination: true },
        association: association(machine, accountId),
        ipv6AddressesSet: spec.ipv6Address ? [{ ipv6Address: spec.ipv6Address, isPrimaryIpv6: false }] : [],
      },
    ],
  }
}

/** An Elastic IP belongs to the account, any other address to Amazon. */
function association(machine: Machine, accountId: string): XmlValue {
  if (!machine.publicAddress) return undefined
  return { publicIp: machine.publicAddress, publicDnsName: publicName(machine), ipOwnerId: machine.spec.elastic ? accountId : 'amazon' }
}

/** An id that stays with the instance: `vol-0` and sixteen hex digits. */
function derivedId(prefix: string, { spec }: Machine): string {
  return `${prefix}-0${createHash('sha256').update(`${prefix} ${spec.instanceId}`).digest('hex').slice(0, 16)}`
}
