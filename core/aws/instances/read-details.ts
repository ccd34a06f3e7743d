import type { Instance, Reservation } from '@aws-sdk/client-ec2'
import type { Detail, DetailCode, DetailSection } from '../../../contract/models/instance-details.ts'
import { plainText } from '../plain-text.ts'

type Value = string | number | boolean | Date | undefined
interface Attributes {
  readonly termination?: boolean | undefined
  readonly stop?: boolean | undefined
  readonly shutdown?: string | undefined
}

/** Everything DescribeInstances knows, in the order in which a person asks. What is not there takes no line. */
export function readDetails(ec2: Instance, reservation: Reservation | undefined, attributes: Attributes): Detail[] {
  const { Placement, CpuOptions, MetadataOptions: metadata, MaintenanceOptions, NetworkInterfaces = [], SecurityGroups = [] } = ec2
  const elastic = NetworkInterfaces.some(({ Association }) => Association?.IpOwnerId && Association.IpOwnerId !== 'amazon')
  return [
    ...section('machine', [
      ['state', ec2.State?.Name],
      ['reason', ec2.StateReason?.Message ?? ec2.StateTransitionReason],
      ['type', ec2.InstanceType],
      ['cpus', CpuOptions?.CoreCount && `${CpuOptions.CoreCount} × ${CpuOptions.ThreadsPerCore ?? 1}`],
      ['launched', ec2.LaunchTime],
      ['lifecycle', ec2.InstanceLifecycle],
      ['zone', Placement?.AvailabilityZone],
      ['tenancy', Placement?.Tenancy],
      ['host', Placement?.HostId],
      ['placementGroup', Placement?.GroupName],
      ['capacityReservation', ec2.CapacityReservationId],
      ['monitoring', onOff(ec2.Monitoring?.State)],
    ]),
    ...section('image', [
      ['image', ec2.ImageId],
      ['platform', ec2.PlatformDetails ?? ec2.Platform],
      ['architecture', ec2.Architecture],
      ['bootMode', ec2.CurrentInstanceBootMode ?? ec2.BootMode],
      ['virtualization', ec2.VirtualizationType],
      ['hypervisor', ec2.Hypervisor],
      ['kernel', ec2.KernelId],
      ['usage', ec2.UsageOperation],
    ]),
    ...section('network', [
      ['publicAddress', ec2.PublicIpAddress],
      ['elastic', ec2.PublicIpAddress && elastic],
      ['publicName', ec2.PublicDnsName],
      ['privateAddress', ec2.PrivateIpAddress],
      ['privateName', ec2.PrivateDnsName],
      ['ipv6Address', ec2.Ipv6Address ?? NetworkInterfaces[0]?.Ipv6Addresses?.[0]?.Ipv6Address],
      ['vpc', ec2.VpcId],
      ['subnet', ec2.SubnetId],
      ...NetworkInterfaces.map(({ NetworkInterfaceId, MacAddress }) => ['interface', joined(NetworkInterfaceId, MacAddress)] as const),
      ['groups', SecurityGroups.map(({ GroupId, GroupName }) => joined(GroupName, GroupId)).join(', ')],
      ['sourceCheck', ec2.SourceDestCheck],
      ['enhancedNetworking', ec2.EnaSupport],
    ]),
    ...section('disks', [
      ['rootDevice', joined(ec2.RootDeviceName, ec2.RootDeviceType)],
      ...(ec2.BlockDeviceMappings ?? []).map(({ DeviceName, Ebs }) => ['disk', joined(DeviceName, Ebs?.VolumeId)] as const),
      ['ebsOptimized', ec2.EbsOptimized],
    ]),
    ...section('access', [
      ['keyPair', ec2.KeyName],
      ['role', ec2.IamInstanceProfile?.Arn],
      [
        'metadata',
        metadata?.HttpTokens &&
          (metadata.HttpEndpoint === 'disabled' ? false : metadata.HttpTokens === 'required' ? 'IMDSv2' : 'IMDSv1, IMDSv2'),
      ],
      ['hopLimit', metadata?.HttpPutResponseHopLimit],
      ['metadataTags', onOff(metadata?.InstanceMetadataTags)],
    ]),
    ...section('limits', [
      ['terminationProtection', attributes.termination],
      ['stopProtection', attributes.stop],
      ['shutdown', attributes.shutdown],
      ['recovery', MaintenanceOptions?.AutoRecovery],
      ['hibernation', ec2.HibernationOptions?.Configured],
      ['enclave', ec2.EnclaveOptions?.Enabled],
      ['reservation', reservation?.ReservationId],
      ['owner', reservation?.OwnerId],
    ]),
  ]
}

const LONGEST = 500

function section(name: DetailSection, values: readonly (readonly [DetailCode, Value])[]): Detail[] {
  return values.flatMap(([code, value]) => {
    if (value === undefined || value === '') return []
    const text = value instanceof Date ? value.toISOString() : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
    return { section: name, code, value: plainText(text, LONGEST), ...(value instanceof Date ? { time: true } : {}) }
  })
}

/** AWS says some of its yes and no in words; what it says of a change that is under way stays. */
function onOff(state: string | undefined): Value {
  return state === 'enabled' ? true : state === 'disabled' ? false : state
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
  if (!first || !second) return first ?? second
  return `${first} (${second})`
}
