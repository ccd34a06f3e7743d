import type { Backup, InstanceBackups, LastBackup } from '../../../contract/models/backup.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { MADE_FROM_TAG } from '../../changes/plan-backups.ts'
import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { allPages } from '../network/pages.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { lastBackup } from './last-backup.ts'
import { readImage, readKeptVolume, readSnapshot } from './read-backups.ts'

/** As in the contract. */
export interface Backups {
  list(ref: InstanceRef): Promise<InstanceBackups>
  last(ref: InstanceRef): Promise<LastBackup>
}

export function createBackups(profiles: Profiles, clients: Clients): Backups {
  /** The instance's disks, by their volumes' ids. */
  async function disks({ profile, region, instanceId }: InstanceRef) {
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
    return { at, instance, devices, rootId }
  }
  type At = Awaited<ReturnType<typeof disks>>['at']
  const snapshotsOf = (at: At, volumeIds?: readonly string[]) =>
    allPages(async (page) => {
      const Filters = volumeIds ? [{ Name: 'volume-id', Values: [...volumeIds] }] : undefined
      const answer = await clients.ec2(at, 'DescribeSnapshots', (ec2, options) =>
        ec2.describeSnapshots({ OwnerIds: ['self'], ...(Filters ? { Filters } : {}), ...page }, options),
      )
      return { items: answer.Snapshots, next: answer.NextToken }
    })
  const imagesOf = async (at: At, instanceId: string) => {
    const images = await allPages(async (page) => {
      const answer = await clients.ec2(at, 'DescribeImages', (ec2, options) => ec2.describeImages({ Owners: ['self'], ...page }, options))
      return { items: answer.Images, next: answer.NextToken }
    })
    return images.filter(
      ({ SourceInstanceId, Tags = [] }) =>
        SourceInstanceId === instanceId || Tags.some(({ Key, Value }) => Key === MADE_FROM_TAG && Value === instanceId),
    )
  }

  return {
    async last(ref) {
      const { at, rootId } = await disks(ref)
      const [snapshots, images] = await Promise.all([rootId ? snapshotsOf(at, [rootId]) : [], imagesOf(at, ref.instanceId)])
      const read = [...images.map((image) => readImage(image, [])), ...snapshots.map(readSnapshot)]
      const last = lastBackup(
        read.flatMap((backup) => backup ?? []),
        rootId,
      )
      return last ? { at: last } : {}
    },
    async list(ref) {
      const { instanceId } = ref
      const { at, instance, devices, rootId } = await disks(ref)
      const volumeIds = [...devices.keys()]
      const [volumes, kept, snapshots, images] = await Promise.all([
        volumeIds.length === 0
          ? []
          : clients
              .ec2(at, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ VolumeIds: volumeIds }, options))
              .then(({ Volumes = [] }) => Volumes),
        allPages(async (page) => {
          const Filters = [{ Name: `tag:${MADE_FROM_TAG}`, Values: [instanceId] }]
          const answer = await clients.ec2(at, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ Filters, ...page }, options))
          return { items: answer.Volumes, next: answer.NextToken }
        }),
        snapshotsOf(at),
        imagesOf(at, instanceId),
      ])
      const read = images.flatMap((image) => readImage(image, snapshots) ?? [])
      const inImages = new Set(read.flatMap(({ snapshotIds }) => snapshotIds))
      const backups: Backup[] = [
        ...read,
        ...snapshots
          .filter(({ SnapshotId = '', VolumeId = '' }) => devices.has(VolumeId) && !inImages.has(SnapshotId))
          .flatMap((snapshot) => readSnapshot(snapshot) ?? []),
      ]
      const last = lastBackup(backups, rootId)
      return {
        ...(last ? { last } : {}),
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
