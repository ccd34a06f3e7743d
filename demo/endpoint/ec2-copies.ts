import { newId, type OwnImage, type Snapshot } from '../machines/backups.ts'
import type { Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { enabledRegions } from './regions.ts'
import { readTagSpecification } from './tag-specification.ts'

/** Asked for where the copy is to be. */
export const copySnapshot: Action = ({ backups, disks }, query, region) => {
  const source = sourceOf(query.text('SourceRegion'))
  const id = query.text('SourceSnapshotId') ?? ''
  const snapshot = backups.snapshots.find((each) => each.id === id && each.region === source)
  if (!snapshot) throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`)
  if (backups.progress(snapshot) < 100) throw new AwsError('IncorrectState', `Snapshot ${id} is not in the 'completed' state.`)
  if (query.flag('DryRun')) return {}
  const copy = copyOf(snapshot, region, query.flag('Encrypted'), query.text('Description') ?? '', readTagSpecification(query, 'snapshot'))
  disks.copied(snapshot.id, copy.id)
  backups.snapshots = [...backups.snapshots, copy]
  return { snapshotId: copy.id }
}

export const copyImage: Action = ({ backups, disks }, query, region) => {
  const token = query.text('ClientToken')
  const before = token && backups.images.find((image) => image.token === token)
  if (before) return { imageId: before.id }
  const source = sourceOf(query.text('SourceRegion'))
  const id = query.text('SourceImageId') ?? ''
  const image = backups.images.find((each) => each.id === id && each.region === source)
  if (!image) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`)
  if (image.snapshots.some((snapshot) => backups.progress(snapshot) < 100))
    throw new AwsError('InvalidRequest', `Image ${id} is not in the 'available' state.`)
  if (query.flag('DryRun')) return {}
  const snapshots = image.snapshots.map((snapshot) =>
    copyOf(
      snapshot,
      region,
      query.flag('Encrypted'),
      `Copied for DestinationAmi from SourceAmi ${id}`,
      readTagSpecification(query, 'snapshot'),
    ),
  )
  const copy: OwnImage = {
    ...image,
    id: newId('ami'),
    region,
    name: query.text('Name') ?? image.name,
    snapshots,
    createdAt: new Date(),
    tags: readTagSpecification(query, 'image'),
    token,
  }
  for (const [index, snapshot] of image.snapshots.entries()) disks.copied(snapshot.id, snapshots[index]?.id ?? '')
  backups.snapshots = [...backups.snapshots, ...snapshots]
  backups.images = [...backups.images, copy]
  return { imageId: copy.id }
}

/** Who else may use it. */
export const modifyImageAttribute: Action = ({ backups }, query, region) => {
  const image = backups.images.find(({ id, region: of }) => id === query.text('ImageId') && of === region)
  if (!image) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${query.text('ImageId') ?? ''}]' does not exist`)
  checkAccounts(
    [...query.structures('LaunchPermission.Add'), ...query.structures('LaunchPermission.Remove')].map((each) => each.text('UserId')),
  )
  return { return: true }
}
export const modifySnapshotAttribute: Action = ({ backups }, query, region) => {
  const id = query.text('SnapshotId') ?? ''
  if (!backups.snapshots.some((snapshot) => snapshot.id === id && snapshot.region === region))
    throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`)
  return { return: true }
}

function checkAccounts(ids: readonly (string | undefined)[]) {
  const wrong = ids.find((id) => !/^\d{12}$/.test(id ?? ''))
  if (wrong !== undefined || ids.length === 0)
    throw new AwsError('InvalidAMIAttributeItemValue', `Invalid attribute item value "${wrong ?? ''}" for userId item type.`)
}

function copyOf(snapshot: Snapshot, region: string, encrypted: boolean, description: string, tags: Snapshot['tags']): Snapshot {
  return { ...snapshot, id: newId('snap'), region, description, tags, encrypted: encrypted || snapshot.encrypted, startedAt: new Date() }
}

function sourceOf(region: string | undefined): string {
  if (!region || !enabledRegions.includes(region))
    throw new AwsError('InvalidParameterValue', `Invalid value '${region ?? ''}' for region.`)
  return region
}
