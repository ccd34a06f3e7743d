import type { EC2 } from '@aws-sdk/client-ec2'
import type { Waiter } from '../../../contract/models/change.ts'
import type { ChangeCalls, Place, Progress } from '../../changes/facts.ts'
import { isUserError } from '../../user-error.ts'
import { imageProgress, snapshotProgress } from '../backups/read-backups.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { instanceProgress } from './progress.ts'

type Ask = <Answer>(action: string, call: (ec2: EC2, options: { abortSignal: AbortSignal }) => Promise<Answer>) => Promise<Answer>

/** How far that is which is waited for. */
export function createProgress(profiles: Profiles, clients: Clients): ChangeCalls['progress'] {
  return ({ profile, region }: Place, waiter, ids, signal) =>
    read((action, call) => clients.ec2({ profile: profiles.open(profile), region }, action, call, signal), waiter, [...ids])
}

async function read(ask: Ask, waiter: Waiter, ids: string[]): Promise<Progress> {
  switch (waiter) {
    case 'snapshot-completed':
      return snapshotProgress(ids, await snapshots(ask, ids))
    case 'image-available': {
      const { Images = [] } = await ask('DescribeImages', (ec2, options) => ec2.describeImages({ ImageIds: ids }, options))
      const [image] = Images
      const made = (image?.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? [])
      return image ? imageProgress(image, made.length > 0 ? await snapshots(ask, made) : []) : { done: false }
    }
    case 'volume-available':
    case 'volume-in-use': {
      const Filters = [{ Name: 'volume-id', Values: ids }]
      const { Volumes = [] } = await ask('DescribeVolumes', (ec2, options) => ec2.describeVolumes({ Filters }, options))
      const [volume] = Volumes
      if (volume?.State === 'error') return { done: false, failed: 'error' }
      if (waiter === 'volume-available') return { done: volume?.State === 'available' }
      return { done: volume?.State === 'in-use' && (volume.Attachments ?? []).some(({ State }) => State === 'attached') }
    }
    case 'root-volume-replaced': {
      const { ReplaceRootVolumeTasks = [] } = await ask('DescribeReplaceRootVolumeTasks', (ec2, options) =>
        ec2.describeReplaceRootVolumeTasks({ ReplaceRootVolumeTaskIds: ids }, options),
      )
      const state = plainText(ReplaceRootVolumeTasks[0]?.TaskState ?? '', 40)
      return state.startsWith('fail') ? { done: false, failed: state } : { done: state === 'succeeded' }
    }
    case 'host-keys': {
      const console = (more: { Latest?: true }) =>
        ask('GetConsoleOutput', (ec2, options) => ec2.getConsoleOutput({ InstanceId: ids[0], ...more }, options))
      try {
        // Instances that are not on Nitro have only what was kept at their start.
        const { Output = '' } = await console({ Latest: true }).catch((error) =>
          isUserError(error, 'AWS_REFUSED') ? console({}) : Promise.reject(error),
        )
        return { done: PRINTED.test(Buffer.from(Output, 'base64').toString('latin1')) }
      } catch (error) {
        // Whoever may not read it is asked about the host key when connecting.
        if (isUserError(error, 'AWS_NOT_ALLOWED')) return { done: true }
        throw error
      }
    }
    default: {
      const Filters = [{ Name: 'instance-id', Values: ids }]
      const { Reservations = [] } = await ask('DescribeInstances', (ec2, options) => ec2.describeInstances({ Filters }, options))
      return instanceProgress(
        waiter,
        ids,
        Reservations.flatMap(({ Instances = [] }) => Instances),
      )
    }
  }
}

/** cloud-init's own last words about host keys, or its end: an image may be told not to print any. */
const PRINTED = /-----END SSH HOST KEY KEYS-----|Cloud-init v\. \S+ finished/

async function snapshots(ask: Ask, ids: string[]) {
  const Filters = [{ Name: 'snapshot-id', Values: ids }]
  const { Snapshots = [] } = await ask('DescribeSnapshots', (ec2, options) => ec2.describeSnapshots({ Filters }, options))
  return Snapshots
}
