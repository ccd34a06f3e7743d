import { createHash } from 'node:crypto'
import { findImage } from '../machines/images.ts'
import { findInstanceType } from '../machines/instance-types.ts'
import { type Machine, type MachineState, privateName, publicName, stateCodes } from '../machines/machine.ts'
import { type Network, networkOf } from '../machines/network.ts'
import { addressesOf } from '../machines/surroundings.ts'
import { rootVolumeId } from '../machines/volumes.ts'
import type { XmlValue } from './xml.ts'

/** An instance as DescribeInstances gives it. */
export function instanceElement(machine: Machine, accountId: string, network: Network): XmlValue {
  const { spec, launchedAt } = machine
  const addresses = addressesOf(machine)
  const image = findImage(spec.imageId)
  const windows = machine.own?.windows ?? image?.platformDetails.startsWith('Windows') ?? false
  const { vpcId, subnetId } = networkOf(machine)
  const rootDevice = rootDeviceName(machine)
  return {
    instanceId: spec.instanceId,
    imageId: spec.imageId,
    instanceState: stateElement(machine.state),
    privateDnsName: privateName(machine),
    dnsName: (addresses.public && publicName(machine)) ?? '',
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
    monitoring: { state: spec.monitored ? 'enabled' : 'disabled' },
    subnetId,
    vpcId,
    privateIpAddress: addresses.private,
    ipAddress: addresses.public,
    ipv6Address: addresses.ipv6,
    sourceDestCheck: true,
    groupSet: groupSet(machine, network),
    stateReason: ['stopped', 'stopping', 'shutting-down', 'terminated'].includes(machine.state)
      ? { code: 'Client.UserInitiatedShutdown', message: 'Client.UserInitiatedShutdown: User initiated shutdown' }
      : undefined,
    architecture: spec.architecture,
    rootDeviceType: 'ebs',
    rootDeviceName: rootDevice,
    blockDeviceMapping: [
      {
        deviceName: rootDevice,
        ebs: { volumeId: rootVolumeId(machine), status: 'attached', attachTime: launchedAt, deleteOnTermination: true },
      },
      ...(machine.disks ?? []).map(({ volumeId, device, at }) => ({
        deviceName: device,
        ebs: { volumeId, status: 'attached', attachTime: at, deleteOnTermination: false },
      })),
    ],
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    ebsOptimized: false,
    cpuOptions: cpuOptions(spec.type),
    metadataOptions: {
      state: 'applied',
      httpTokens: machine.metadataTokens,
      httpPutResponseHopLimit: 2,
      httpEndpoint: 'enabled',
      instanceMetadataTags: 'disabled',
    },
    maintenanceOptions: { autoRecovery: 'default' },
    hibernationOptions: { configured: false },
    enclaveOptions: { enabled: false },
    currentInstanceBootMode: spec.architecture === 'arm64' ? 'uefi' : 'legacy-bios',
    enaSupport: true,
    tagSet: tagSet(machine),
    networkInterfaceSet: [interfaceElement(machine, accountId, network, {})],
  }
}

export function rootDeviceName({ spec }: Machine): string {
  return findImage(spec.imageId)?.name.startsWith('al2023') ? '/dev/xvda' : '/dev/sda1'
}

function cpuOptions(type: string): XmlValue {
  const { cores, threads } = findInstanceType(type) ?? { cores: 1, threads: 1 }
  return { coreCount: cores, threadsPerCore: threads }
}

/** Its one network interface. DescribeNetworkInterfaces says of the attachment to whom it is. */
export function interfaceElement(
  machine: Machine,
  accountId: string,
  network: Network,
  attachedTo: { readonly instanceId?: string },
): XmlValue {
  const { launchedAt } = machine
  const addresses = addressesOf(machine)
  return {
    networkInterfaceId: derivedId('eni', machine),
    ...networkOf(machine),
    ownerId: accountId,
    status: 'in-use',
    privateIpAddress: addresses.private,
    privateDnsName: privateName(machine),
    sourceDestCheck: true,
    groupSet: groupSet(machine, network),
    attachment: { ...attachedTo, deviceIndex: 0, status: 'attached', attachTime: launchedAt, deleteOnTermination: true },
    association: association(machine, accountId),
    ipv6AddressesSet: addresses.ipv6 ? [{ ipv6Address: addresses.ipv6, isPrimaryIpv6: false }] : [],
  }
}

function groupSet(machine: Machine, network: Network): readonly XmlValue[] {
  return network.around(machine).groups.map(({ id, name }) => ({ groupId: id, groupName: name }))
}

/** An Elastic IP belongs to the account, any other address to Amazon. */
function association(machine: Machine, accountId: string): XmlValue {
  const publicIp = addressesOf(machine).public
  if (!publicIp) return undefined
  return { publicIp, publicDnsName: publicName(machine), ipOwnerId: machine.spec.elastic ? accountId : 'amazon' }
}

/** An id that stays with the instance: `vol-0` and sixteen hex digits. */
export function derivedId(prefix: string, { spec }: Machine): string {
  return `${prefix}-0${createHash('sha256').update(`${prefix} ${spec.instanceId}`).digest('hex').slice(0, 16)}`
}

export function stateElement(state: MachineState): XmlValue {
  return { code: stateCodes[state], name: state }
}

export function tagSet({ spec }: Machine): readonly XmlValue[] {
  return Object.entries({ ...(spec.name ? { Name: spec.name } : {}), ...spec.tags }).map(([key, value]) => ({ key, value }))
}
