import type { Backup, InstanceBackups } from '../../../contract/models/backup.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { MADE_FROM_TAG } from '../../changes/plan-backups.ts'
import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { allPages } from '../network/pages.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readImage, readKeptVolume, readSnapshot } from './read-backups.ts'

/** As in the contract. */
export interface Backups {
  list(ref: InstanceRef): Promise<InstanceBackups>
}

export function createBackups(profiles: Profiles, clients: Clients): Backups {
  return {
    async list({ profile, region, instanceId }) {
      const at = { profile: profiles.open(profile), region }
      const { Reservations = [] } = await clients.ec2({ ...at, instanceId }, 'DescribeInstances', (ec2, options) =>
        ec2.describeInstances({ InstanceIds: [instanceId] }, options),
      )
      const instance = Reservations[0]?.Instances?.[0]
      if (!instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
      const devices = new Map(
        (instance.BlockDeviceMappings ?? []).flatMap(({ DeviceName = '', Ebs }) => (Ebs?.VolumeId ? [[Ebs.VolumeId, DeviceName]] : [])),
      )
      const rootId = [...devices].find(([, device]) => device === instance.RootDeviceName)?.[0]
      const volumeIds = [...devices.keys()]
      const own = <Item>(
        ask: (page: { MaxResults: number; NextToken?: string }) => Promise<{ items: Item[] | undefined; next: string | undefined }>,
      ) => allPages(ask)
      const [volumes, kept, snapshots, images] = await Promise.all([
        volumeIds.length === 0
          ? []
          : clients
              .ec2(at, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ VolumeIds: volumeIds }, options))
              .then(({ Volumes = [] }) => Volumes),
        own(async (page) => {
          const Filters = [{ Name: `tag:${MADE_FROM_TAG}`, Values: [instanceId] }]
          const answer = await clients.ec2(at, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ Filters, ...page }, options))
          return { items: answer.Volumes, next: answer.NextToken }
        }),
        own(async (page) => {
          const answer = await clients.ec2(at, 'DescribeSnapshots', (ec2, options) =>
            ec2.describeSnapshots({ OwnerIds: ['self'], ...page }, options),
          )
          return { items: answer.Snapshots, next: answer.NextToken }
        }),
        own(async (page) => {
          const answer = await clients.ec2(at, 'DescribeImages', (ec2, options) =>
            ec2.describeImages({ Owners: ['self'], ...page }, options),
          )
          return { items: answer.Images, next: answer.NextToken }
        }),
      ])
      const ofInstance = images.filter(
        ({ SourceInstanceId, Tags = [] }) =>
          SourceInstanceId === instanceId || Tags.some(({ Key, Value }) => Key === MADE_FROM_TAG && Value === instanceId),
      )
      const read = ofInstance.flatMap((image) => readImage(image, snapshots) ?? [])
      const inImages = new Set(read.flatMap(({ snapshotIds }) => snapshotIds))
      const backups: Backup[] = [
        ...read,
        ...snapshots
          .filter(({ SnapshotId = '', VolumeId = '' }) => devices.has(VolumeId) && !inImages.has(SnapshotId))
          .flatMap((snapshot) => readSnapshot(snapshot) ?? []),
      ]
      return {
        volumes: volumes.flatMap(({ VolumeId: id, Size = 0 }) => {
          const device = devices.get(id ?? '')
          return id && device !== undefined ? [{ id, device, sizeGiB: Size, root: device === instance.RootDeviceName }] : []
        }),
        kept: kept.flatMap((volume) => (volume.VolumeId === rootId ? [] : (readKeptVolume(volume) ?? []))),
        backups: backups.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
      }
    },
  }
}
