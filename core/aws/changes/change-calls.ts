import type { EC2, Instance } from '@aws-sdk/client-ec2'
import type { Waiter } from '../../../contract/models/change.ts'
import { type InstanceRef, instanceState } from '../../../contract/models/instance.ts'
import type { ChangeCalls, MachineFacts, Place, Progress } from '../../changes/facts.ts'
import type { CallStep } from '../../changes/step.ts'
import type { NetworkCalls } from '../../network/network-calls.ts'
import { isUserError, UserError } from '../../user-error.ts'
import { imageProgress, snapshotProgress } from '../backups/read-backups.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { instanceProgress } from './progress.ts'

export function createChangeCalls(profiles: Profiles, clients: Clients, network: NetworkCalls): ChangeCalls {
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })

  /** The names of `CallStep` are EC2's own, and its inputs typed by them. */
  async function send(place: Place, { action, input }: CallStep, dry: boolean): Promise<unknown> {
    const method = `${action[0]?.toLowerCase()}${action.slice(1)}` as Uncapitalize<CallStep['action']>
    return clients.ec2(at(place), action, (ec2: EC2, options) => {
      // Each of the union's calls takes its own input, which TypeScript does not follow through a name.
      const send = ec2[method] as (input: object, options: object) => Promise<unknown>
      return send.call(ec2, { ...input, ...(dry ? { DryRun: true } : {}) }, options)
    })
  }
  async function isProtected(ref: InstanceRef, Attribute: 'disableApiTermination' | 'disableApiStop'): Promise<boolean> {
    const { instanceId } = ref
    const answer = await clients.ec2({ ...at(ref), instanceId }, 'DescribeInstanceAttribute', (ec2, options) =>
      ec2.describeInstanceAttribute({ InstanceId: instanceId, Attribute }, options),
    )
    return (Attribute === 'disableApiStop' ? answer.DisableApiStop : answer.DisableApiTermination)?.Value ?? false
  }

  return {
    async machine(ref) {
      const { instanceId } = ref
      const [{ Reservations = [] }, termination, stop] = await Promise.all([
        clients.ec2({ ...at(ref), instanceId }, 'DescribeInstances', (ec2, options) =>
          ec2.describeInstances({ InstanceIds: [instanceId] }, options),
        ),
        unlessHidden(isProtected(ref, 'disableApiTermination')),
        unlessHidden(isProtected(ref, 'disableApiStop')),
      ])
      const found = Reservations[0]?.Instances?.[0]
      if (!found) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
      return readMachine(found, instanceId, { termination, stop })
    },
    async groups(place, ids) {
      const [groups, rules] = await Promise.all([network.groups(place, { ids }), network.rules(place, ids)])
      return groups.map(({ id, name, description }) => ({
        id,
        name,
        description,
        rules: rules.filter((rule) => rule.groupId === id).map(({ id: _id, groupId: _groupId, mark: _mark, ...content }) => content),
      }))
    },
    send: (place, step) => send(place, step, false),
    async dryRun(place, step) {
      try {
        await send(place, step, true)
      } catch (error) {
        // How EC2 says yes to a dry run.
        if (isUserError(error, 'AWS_REFUSED') && error.details.awsCode === 'DryRunOperation') return
        throw error
      }
    },
    progress: (place, waiter, ids, signal) => readProgress(place, waiter, ids, signal),
  }

  async function snapshots(place: Place, ids: readonly string[], signal: AbortSignal) {
    const { Snapshots = [] } = await clients.ec2(
      at(place),
      'DescribeSnapshots',
      (ec2, options) => ec2.describeSnapshots({ Filters: [{ Name: 'snapshot-id', Values: [...ids] }] }, options),
      signal,
    )
    return Snapshots
  }
  async function readProgress(place: Place, waiter: Waiter, ids: readonly string[], signal: AbortSignal): Promise<Progress> {
    if (waiter === 'snapshot-completed') return snapshotProgress(ids, await snapshots(place, ids, signal))
    if (waiter === 'image-available') {
      const { Images = [] } = await clients.ec2(
        at(place),
        'DescribeImages',
        (ec2, options) => ec2.describeImages({ ImageIds: [...ids] }, options),
        signal,
      )
      const [image] = Images
      const made = (image?.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? [])
      return image ? imageProgress(image, made.length > 0 ? await snapshots(place, made, signal) : []) : { done: false }
    }
    const Filters = [{ Name: 'instance-id', Values: [...ids] }]
    const { Reservations = [] } = await clients.ec2(
      at(place),
      'DescribeInstances',
      (ec2, options) => ec2.describeInstances({ Filters }, options),
      signal,
    )
    return instanceProgress(
      waiter,
      ids,
      Reservations.flatMap(({ Instances = [] }) => Instances),
    )
  }
}

/** What AWS does not let us see is found out by the call itself. */
async function unlessHidden(answer: Promise<boolean>): Promise<boolean> {
  try {
    return await answer
  } catch (error) {
    if (isUserError(error, 'AWS_NOT_ALLOWED') || isUserError(error, 'AWS_REFUSED')) return false
    throw error
  }
}

function readMachine(ec2: Instance, instanceId: string, protectedFrom: MachineFacts['protectedFrom']): MachineFacts {
  const tags = Object.fromEntries((ec2.Tags ?? []).map(({ Key = '', Value = '' }) => [plainText(Key, 128), plainText(Value, 256)]))
  const owner = ec2.NetworkInterfaces?.flatMap(({ Association }) =>
    Association?.PublicIp === ec2.PublicIpAddress ? (Association?.IpOwnerId ?? []) : [],
  )[0]
  return {
    instanceId,
    name: tags.Name ?? '',
    state: instanceState.safeParse(ec2.State?.Name).data ?? 'pending',
    type: plainText(ec2.InstanceType ?? '', 40),
    ...(ec2.PublicIpAddress ? { publicAddress: plainText(ec2.PublicIpAddress, 64) } : {}),
    elastic: owner !== undefined && owner !== 'amazon',
    tags,
    volumes: (ec2.BlockDeviceMappings ?? []).flatMap(({ DeviceName = '', Ebs }) =>
      Ebs?.VolumeId
        ? [
            {
              id: plainText(Ebs.VolumeId, 40),
              device: plainText(DeviceName, 40),
              goesWithInstance: Ebs.DeleteOnTermination ?? false,
              root: DeviceName === ec2.RootDeviceName,
            },
          ]
        : [],
    ),
    vpcId: plainText(ec2.VpcId ?? '', 64),
    interfaces: (ec2.NetworkInterfaces ?? [])
      .toSorted((a, b) => (a.Attachment?.DeviceIndex ?? 0) - (b.Attachment?.DeviceIndex ?? 0))
      .map(({ NetworkInterfaceId = '', Groups = [] }) => ({
        id: NetworkInterfaceId,
        groupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
      })),
    protectedFrom,
  }
}
