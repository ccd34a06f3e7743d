import { createHash } from 'node:crypto'
import { findImage } from '../machines/images.ts'
import { findInstanceType } from '../machines/instance-types.ts'
import { type Machine, type MachineState, privateName, publicName, stateCodes } from '../machines/machine.ts'
import { networkOf } from '../machines/network.ts'
import { rootVolumeId } from '../machines/volumes.ts'
import type { XmlValue } from './xml.ts'

/** An instance as DescribeInstances gives it. */
export function instanceElement(machine: Machine, accountId: string): XmlValue {
  const { spec, launchedAt } = machine
  const image = findImage(spec.imageId)
  const windows = image?.platformDetails.startsWith('Windows') ?? false
  const { vpcId, subnetId } = networkOf(spec)
  const rootDevice = rootDeviceName(machine)
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
    groupSet: groupSet(machine),
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
    networkInterfaceSet: [interfaceElement(machine, accountId, {})],
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
export function interfaceElement(machine: Machine, accountId: string, attachedTo: { readonly instanceId?: string }): XmlValue {
  const { spec, launchedAt } = machine
  return {
    networkInterfaceId: derivedId('eni', machine),
    ...networkOf(spec),
    ownerId: accountId,
    status: 'in-use',
    privateIpAddress: spec.privateAddress,
    privateDnsName: privateName(machine),
    sourceDestCheck: true,
    groupSet: groupSet(machine),
    attachment: { ...attachedTo, deviceIndex: 0, status: 'attached', attachTime: launchedAt, deleteOnTermination: true },
    association: association(machine, accountId),
    ipv6AddressesSet: spec.ipv6Address ? [{ ipv6Address: spec.ipv6Address, isPrimaryIpv6: false }] : [],
  }
}

function groupSet({ groups }: Machine): readonly XmlValue[] {
  return groups.map(({ id, name }) => ({ groupId: id, groupName: name }))
}

/** An Elastic IP belongs to the account, any other address to Amazon. */
function association(machine: Machine, accountId: string): XmlValue {
  if (!machine.publicAddress) return undefined
  return { publicIp: machine.publicAddress, publicDnsName: publicName(machine), ipOwnerId: machine.spec.elastic ? accountId : 'amazon' }
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
