import { newId } from '../machines/backups.ts'
import type { MachineSpec } from '../machines/catalog.ts'
import { findImage } from '../machines/images.ts'
import { findInstanceType } from '../machines/instance-types.ts'
import type { Machine } from '../machines/machine.ts'
import { networkOf } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { instanceElement } from './instance-element.ts'
import type { Query } from './query.ts'
import { readTagSpecification } from './tag-specification.ts'

/** One new machine, with an SSH server of its own once it has booted. */
export const runInstances: Action = (account, query, region) => {
  const { fleet, power } = account
  const token = query.text('ClientToken')
  const before = token ? fleet.machines.find((machine) => machine.token === token && machine.spec.region === region) : undefined
  if (before) return answer(account, before)
  const spec = specOf(account, query, region)
  const groups = groupsOf(account, query, region)
  if (query.flag('DryRun')) return {}
  const { Name = '', ...tags } = readTagSpecification(query, 'instance')
  const machine = fleet.add({ ...spec, name: Name, tags }, { token, groups })
  power.launch(machine)
  return answer(account, machine)
}

function answer({ fleet, network }: Account, machine: Machine): ReturnType<Action> {
  return {
    reservationId: newId('r'),
    ownerId: fleet.accountId,
    groupSet: [],
    instancesSet: [instanceElement(machine, fleet.accountId, network)],
  }
}

function specOf(account: Account, query: Query, region: string): MachineSpec {
  const { fleet } = account
  const image = imageOf(account, query.text('ImageId') ?? '', region)
  const type = findInstanceType(query.text('InstanceType') ?? '')
  if (!type) throw new AwsError('InvalidParameterValue', `Invalid value '${query.text('InstanceType') ?? ''}' for InstanceType.`)
  if (type.architecture !== image.architecture)
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`,
    )
  const keyName = query.text('KeyName') ?? ''
  if (keyName && !fleet.keyPairs.some((pair) => pair.name === keyName && pair.region === region))
    // A dry run of the whole does not know what its first calls would have made.
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${keyName}' does not exist`)
  const subnetId = query.text('SubnetId')
  const zone = (['a', 'b', 'c'] as const).find((each) => subnetId === undefined || subnetOf(region, each) === subnetId)
  if (!zone) throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${subnetId}' does not exist`)
  const { privateAddress, publicAddress } = freeAddresses(account, region, zone)
  return {
    instanceId: newId('i'),
    name: '',
    region,
    zone,
    type: type.name,
    architecture: image.architecture,
    imageId: query.text('ImageId') ?? '',
    keyName,
    state: 'running',
    user: image.user,
    privateAddress,
    publicAddress,
    hostKeys: ['ed25519', 'ecdsa'],
    console: 'full',
    securityGroup: 'default',
    launchedDaysAgo: 0,
    tags: {},
  }
}

function imageOf(
  { backups, fleet }: Account,
  id: string,
  region: string,
): { readonly architecture: MachineSpec['architecture']; readonly user: string } {
  const image = findImage(id)
  if (image && image.region === region && !image.deregistered) return { architecture: image.architecture, user: userOf(image.name) }
  const own = backups.images.find((each) => each.id === id && each.region === region)
  if (!own) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`)
  if (own.snapshots.some((snapshot) => backups.progress(snapshot) < 100))
    throw new AwsError('IncorrectState', `The image '${id}' is not in the 'available' state.`)
  const source = fleet.machines.find(({ spec }) => spec.instanceId === own.instanceId)
  return { architecture: own.architecture as MachineSpec['architecture'], user: source?.spec.user ?? 'ec2-user' }
}

function userOf(name: string): string {
  if (name.startsWith('ubuntu/')) return 'ubuntu'
  return name.startsWith('debian-') ? 'admin' : 'ec2-user'
}

function groupsOf({ network }: Account, query: Query, region: string): NonNullable<Machine['groups']> {
  const ids = query.list('SecurityGroupId')
  const found = network.groups(region).filter(({ id, name }) => (ids.length === 0 ? name === 'default' : ids.includes(id)))
  const missing = ids.find((id) => !found.some((group) => group.id === id))
  if (missing) throw new AwsError('InvalidGroup.NotFound', `The security group '${missing}' does not exist`)
  return found.map(({ id, name }) => ({ id, name }))
}

/** The first beside those of the region's machines that nobody has. */
function freeAddresses({ fleet }: Account, region: string, zone: MachineSpec['zone']) {
  const used = new Set(fleet.machines.flatMap(({ spec, publicAddress }) => [spec.privateAddress, spec.publicAddress, publicAddress]))
  const first = fleet.machines.find(({ spec, generated }) => spec.region === region && !generated)?.spec.privateAddress ?? '10.50.1.1'
  const [a, b] = first.split('.')
  const free = (prefix: string) => {
    for (let last = 60; last < 255; last++) if (!used.has(`${prefix}.${last}`)) return `${prefix}.${last}`
    throw new AwsError('InsufficientFreeAddressesInSubnet')
  }
  return { privateAddress: free(`${a}.${b}.${1 + ['a', 'b', 'c'].indexOf(zone)}`), publicAddress: free('203.0.113') }
}

/** Each zone has one, which gives public addresses. */
export const describeSubnets: Action = (_account, query, region) => {
  const ids = query.list('SubnetId')
  const rows = (['a', 'b', 'c'] as const)
    .map((zone) => ({ zone, id: subnetOf(region, zone) }))
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
  return {
    subnetSet: rows.map(({ zone, id }) => ({
      subnetId: id,
      vpcId: networkOf({ spec: { region, zone } } as Machine).vpcId,
      availabilityZone: `${region}${zone}`,
      defaultForAz: true,
      mapPublicIpOnLaunch: true,
      state: 'available',
      tagSet: [],
    })),
  }
}

function subnetOf(region: string, zone: MachineSpec['zone']): string {
  return networkOf({ spec: { region, zone } } as Machine).subnetId
}
