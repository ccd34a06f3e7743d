import type { Instance as Ec2Instance, Reservation } from '@aws-sdk/client-ec2'
import { type Instance, type InstanceRef, instanceState } from '../../../contract/models/instance.ts'
import { plainText } from '../plain-text.ts'

/** EC2's limits for a tag's key and value. */
const TAG_KEY_LENGTH = 128
const TAG_VALUE_LENGTH = 256

/** A row of ours for one of EC2's; undefined for what is none. */
export function toInstance(
  ec2: Ec2Instance,
  { OwnerId }: Reservation,
  place: Pick<InstanceRef, 'profile' | 'region'>,
): Instance | undefined {
  const state = instanceState.safeParse(ec2.State?.Name)
  const { InstanceId: instanceId } = ec2
  if (!instanceId || !state.success) return undefined
  const tags = readTags(ec2)
  const platform = ec2.PlatformDetails ?? ec2.Platform ?? ''
  return {
    ref: { ...place, instanceId },
    accountId: OwnerId ?? '',
    name: tags.Name ?? '',
    state: state.data,
    type: ec2.InstanceType ?? '',
    zone: ec2.Placement?.AvailabilityZone ?? '',
    windows: /^windows/i.test(ec2.Platform ?? platform),
    platform,
    architecture: ec2.Architecture ?? '',
    imageId: ec2.ImageId ?? '',
    launchedAt: ec2.LaunchTime?.toISOString() ?? '',
    securityGroups: (ec2.SecurityGroups ?? []).map(({ GroupId = '', GroupName = '' }) => ({ id: GroupId, name: GroupName })),
    tags,
    ...given({
      stateReason: ec2.StateReason?.Message && plainText(ec2.StateReason.Message, 300),
      publicAddress: ec2.PublicIpAddress,
      privateAddress: ec2.PrivateIpAddress,
      ipv6Address: ec2.Ipv6Address ?? ec2.NetworkInterfaces?.[0]?.Ipv6Addresses?.[0]?.Ipv6Address,
      publicName: ec2.PublicDnsName,
      keyName: ec2.KeyName,
      vpcId: ec2.VpcId,
      subnetId: ec2.SubnetId,
    }),
  }
}

/** Names and tags are written by whoever may tag the instance. */
function readTags({ Tags = [] }: Ec2Instance): Record<string, string> {
  return Object.fromEntries(
    Tags.map(({ Key = '', Value = '' }) => [plainText(Key, TAG_KEY_LENGTH), plainText(Value, TAG_VALUE_LENGTH)] as const),
  )
}

/** Only what is there and not empty. */
function given<Key extends string>(values: Record<Key, string | undefined>): { [K in Key]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [K in Key]?: string }
}
