import type { Image, Snapshot, Volume } from '@aws-sdk/client-ec2'
import type { Backup, KeptVolume } from '../../../contract/models/backup.ts'
import type { ImageFacts, Progress } from '../../changes/facts.ts'
import { plainText } from '../plain-text.ts'

export function readSnapshot(snapshot: Snapshot): Backup | undefined {
  const { SnapshotId: id, VolumeId, StartTime, VolumeSize = 0, Description = '', Tags = [] } = snapshot
  if (!id) return undefined
  const state = plainText(snapshot.State ?? '', 40)
  return {
    kind: 'snapshot',
    id,
    name: plainText(Tags.find(({ Key }) => Key === 'Name')?.Value || Description, 255),
    state,
    ...(state === 'pending' ? { progress: percent(snapshot) } : {}),
    at: StartTime?.toISOString() ?? '',
    sizeGiB: VolumeSize,
    encrypted: snapshot.Encrypted ?? false,
    snapshotIds: [],
    ...(VolumeId ? { volumeId: VolumeId } : {}),
  }
}

export function readImage(image: Image, snapshots: readonly Snapshot[]): Backup | undefined {
  const { ImageId: id, Name = '', CreationDate, BlockDeviceMappings = [] } = image
  if (!id) return undefined
  const disks = BlockDeviceMappings.flatMap(({ Ebs }) =>
    Ebs?.SnapshotId ? [{ id: Ebs.SnapshotId, size: Ebs.VolumeSize ?? 0, encrypted: Ebs.Encrypted ?? false }] : [],
  )
  const own = snapshots.filter(({ SnapshotId }) => disks.some((disk) => disk.id === SnapshotId))
  const state = plainText(image.State ?? '', 40)
  return {
    kind: 'image',
    id,
    name: plainText(Name, 255),
    state,
    ...(state === 'pending' && own.length > 0 ? { progress: average(own) } : {}),
    at: Number.isNaN(Date.parse(CreationDate ?? '')) ? '' : new Date(CreationDate ?? '').toISOString(),
    sizeGiB: disks.reduce((sum, { size }) => sum + size, 0),
    encrypted: disks.length > 0 && disks.every(({ encrypted }) => encrypted),
    snapshotIds: disks.map((disk) => disk.id),
  }
}

export function readKeptVolume({
  VolumeId: id,
  Size = 0,
  State,
  CreateTime,
  Attachments = [],
  SnapshotId,
  Tags = [],
}: Volume): KeptVolume | undefined {
  if (!id) return undefined
  const [attachment] = Attachments
  return {
    id,
    name: plainText(Tags.find(({ Key }) => Key === 'Name')?.Value ?? '', 255),
    sizeGiB: Size,
    state: plainText(State ?? '', 40),
    at: CreateTime?.toISOString() ?? '',
    ...(attachment?.Device ? { device: plainText(attachment.Device, 40) } : {}),
    ...(SnapshotId ? { snapshotId: SnapshotId } : {}),
  }
}

export function readImageFacts({ Name, Architecture, RootDeviceName, BlockDeviceMappings = [] }: Image, id: string): ImageFacts {
  const disks = BlockDeviceMappings.flatMap(({ Ebs }) => Ebs ?? [])
  return {
    id,
    name: plainText(Name ?? '', 255),
    architecture: plainText(Architecture ?? '', 20),
    rootDevice: plainText(RootDeviceName ?? '', 40),
    sizeGiB: disks.reduce((sum, { VolumeSize = 0 }) => sum + VolumeSize, 0),
    snapshotIds: disks.flatMap(({ SnapshotId }) => SnapshotId ?? []),
  }
}

export function snapshotProgress(ids: readonly string[], snapshots: readonly Snapshot[]): Progress {
  const failed = snapshots.find(({ State }) => State === 'error')
  if (failed) return { done: false, failed: plainText(failed.StateMessage ?? 'error', 300) }
  const done = ids.every((id) => snapshots.some(({ SnapshotId, State }) => SnapshotId === id && State === 'completed'))
  return done ? { done } : { done, percent: average(snapshots) }
}

export function imageProgress({ State, StateReason }: Image, snapshots: readonly Snapshot[]): Progress {
  if (State === 'available') return { done: true }
  if (State !== 'pending') return { done: false, failed: plainText(StateReason?.Message ?? State ?? '', 300) }
  return { done: false, percent: average(snapshots) }
}

/** EC2 gives it as text: `45%`. */
function percent({ Progress = '' }: Snapshot): number {
  return Math.min(100, Number.parseInt(Progress, 10) || 0)
}

function average(snapshots: readonly Snapshot[]): number {
  return Math.round(snapshots.reduce((sum, snapshot) => sum + percent(snapshot), 0) / Math.max(1, snapshots.length))
}
