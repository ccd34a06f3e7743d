import type { EC2, Instance } from '@aws-sdk/client-ec2'
import { type InstanceRef, instanceState } from '../../../contract/models/instance.ts'
import type { ChangeCalls, MachineFacts, Place } from '../../changes/facts.ts'
import { type CallStep, serviceOf } from '../../changes/step.ts'
import type { NetworkCalls } from '../../network/network-calls.ts'
import { isUserError, UserError } from '../../user-error.ts'
import { readImageFacts, readSnapshot } from '../backups/read-backups.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import { termsOf } from '../prices/terms.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { createMade } from './made.ts'
import { createPolicyCalls } from './policy-calls.ts'
import { createProgress } from './read-progress.ts'

export function createChangeCalls(profiles: Profiles, clients: Clients, network: NetworkCalls): ChangeCalls {
  const policies = createPolicyCalls(profiles, clients)
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })

  /** The names of `CallStep` are EC2's own, and its inputs typed by them. */
  async function send(place: Place, step: CallStep, dry: boolean): Promise<unknown> {
    if (serviceOf(step.action) === 'dlm') return policies.send(place, step)
    const { action, input } = step
    const method = `${action[0]?.toLowerCase()}${action.slice(1)}` as Uncapitalize<CallStep['action']> & keyof EC2
    return clients.ec2(at(place), action, (ec2: EC2, options) => {
      // Each of the union's calls takes its own input, which TypeScript does not follow through a name.
      const send = ec2[method] as (input: object, options: object) => Promise<unknown>
      return send.call(ec2, { ...bytesOf(input), ...(dry ? { DryRun: true } : {}) }, options)
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
    async image(place, imageId) {
      const { Images = [] } = await clients.ec2(at(place), 'DescribeImages', (ec2, options) =>
        ec2.describeImages({ ImageIds: [imageId] }, options),
      )
      if (!Images[0]) throw new UserError('NOT_FOUND', { what: imageId })
      return readImageFacts(Images[0], imageId)
    },
    async snapshot(place, snapshotId) {
      const { Snapshots = [] } = await clients.ec2(at(place), 'DescribeSnapshots', (ec2, options) =>
        ec2.describeSnapshots({ SnapshotIds: [snapshotId] }, options),
      )
      const found = Snapshots[0] && readSnapshot(Snapshots[0])
      if (!found) throw new UserError('NOT_FOUND', { what: snapshotId })
      return found
    },
    policy: policies.policy,
    account: policies.account,
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
    made: createMade(profiles, clients),
    async dryRun(place, step) {
      try {
        await send(place, step, true)
      } catch (error) {
        // How EC2 says yes to a dry run.
        if (isUserError(error, 'AWS_REFUSED') && error.details.awsCode === 'DryRunOperation') return
        throw error
      }
    },
    progress: createProgress(profiles, clients),
  }
}

/** A step is plain data: what EC2 takes as bytes is in it as base64. */
function bytesOf(input: CallStep['input']): object {
  return 'PublicKeyMaterial' in input ? { ...input, PublicKeyMaterial: Buffer.from(String(input.PublicKeyMaterial), 'base64') } : input
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
    paidApart: termsOf(ec2).kind !== 'hours',
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
    zone: plainText(ec2.Placement?.AvailabilityZone ?? '', 40),
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
