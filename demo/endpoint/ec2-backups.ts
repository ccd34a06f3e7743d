import { newId, type OwnImage, type Snapshot } from '../machines/backups.ts'
import type { Machine } from '../machines/machine.ts'
import { rootVolumeId } from '../machines/volumes.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findMachines } from './ec2-instances.ts'
import { rootDeviceName } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf } from './query.ts'
import { readTagSpecification } from './tag-specification.ts'
import type { XmlValue } from './xml.ts'

/** Every practice machine has one disk of this size. */
export const DISK_GIB = 8

export const createImage: Action = ({ fleet, backups, power, disks }, query, region) => {
  const machine = one({ fleet }, query.text('InstanceId'), region)
  const name = query.text('Name') ?? ''
  if (!/^[\w()[\] ./\-'@]{3,128}$/.test(name))
    throw new AwsError(
      'InvalidAMIName.Malformed',
      'AMI names must be between 3 and 128 characters long, and may contain letters, numbers, and certain symbols',
    )
  if (backups.images.some((image) => image.name === name && image.region === region))
    throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${backups.images[0]?.id}`)
  if (!['running', 'stopped'].includes(machine.state))
    throw new AwsError('IncorrectState', 'The instance is not in a valid state for this operation.')
  if (query.flag('DryRun')) return {}
  const snapshot = snapshotOf(machine, `Created by CreateImage(${machine.spec.instanceId})`, readTagSpecification(query, 'snapshot'))
  disks.kept(machine, snapshot.id)
  const image: OwnImage = {
    id: newId('ami'),
    region,
    name,
    description: query.text('Description') ?? '',
    instanceId: machine.spec.instanceId,
    architecture: machine.spec.architecture,
    rootDeviceName: rootDeviceName(machine),
    snapshots: [snapshot],
    createdAt: new Date(),
    tags: readTagSpecification(query, 'image'),
  }
  backups.snapshots = [...backups.snapshots, snapshot]
  backups.images = [...backups.images, image]
  if (!query.flag('NoReboot') && machine.state === 'running') power.reboot(machine)
  return { imageId: image.id }
}

export const createSnapshots: Action = ({ fleet, backups, disks }, query, region) => {
  const machine = one({ fleet }, query.text('InstanceSpecification.InstanceId'), region)
  if (query.text('InstanceSpecification.ExcludeBootVolume') === 'true')
    throw new AwsError('InvalidParameterCombination', 'There are no volumes left to take a snapshot of.')
  if (query.flag('DryRun')) return {}
  const snapshot = snapshotOf(machine, query.text('Description') ?? '', readTagSpecification(query, 'snapshot'))
  disks.kept(machine, snapshot.id)
  backups.snapshots = [...backups.snapshots, snapshot]
  return { snapshotSet: [{ ...element(snapshot, 'pending', 0), state: 'pending' }] }
}

export const describeSnapshots: Action = ({ fleet, backups }, query, region) => {
  const present = backups.snapshots.filter((snapshot) => snapshot.region === region)
  const ids = query.list('SnapshotId')
  const missing = ids.find((id) => !present.some((snapshot) => snapshot.id === id))
  if (missing) throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${missing}' does not exist.`)
  const wanted = applyFilters(
    present.filter(({ id }) => ids.length === 0 || ids.includes(id)),
    query.filters(),
    filterable,
  )
  const { page, nextToken } = pageOf(wanted, query)
  return {
    snapshotSet: page.map((snapshot) => {
      const percent = backups.progress(snapshot)
      return { ...element(snapshot, percent < 100 ? 'pending' : 'completed', percent), ownerId: fleet.accountId }
    }),
    nextToken,
  }
}

export const deregisterImage: Action = ({ backups }, query, region) => {
  const id = query.text('ImageId') ?? ''
  if (!backups.images.some((image) => image.id === id && image.region === region))
    throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`)
  if (query.flag('DryRun')) return {}
  backups.images = backups.images.filter((image) => image.id !== id)
  return { return: true }
}

export const deleteSnapshot: Action = ({ backups }, query, region) => {
  const id = query.text('SnapshotId') ?? ''
  if (!backups.snapshots.some((snapshot) => snapshot.id === id && snapshot.region === region))
    throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`)
  if (query.flag('DryRun')) return {}
  const user = backups.images.find((image) => image.snapshots.some((snapshot) => snapshot.id === id))
  if (user) throw new AwsError('InvalidSnapshot.InUse', `The snapshot ${id} is currently in use by ${user.id}`)
  backups.snapshots = backups.snapshots.filter((snapshot) => snapshot.id !== id)
  return { return: true }
}

/** As DescribeImages gives one of the account's own. */
export function ownImageElement({ fleet, backups }: Account, image: OwnImage): XmlValue {
  const done = image.snapshots.every((snapshot) => backups.progress(snapshot) === 100)
  return {
    imageId: image.id,
    imageLocation: `${fleet.accountId}/${image.name}`,
    imageState: done ? 'available' : 'pending',
    imageOwnerId: fleet.accountId,
    creationDate: image.createdAt,
    isPublic: false,
    architecture: image.architecture,
    imageType: 'machine',
    platformDetails: 'Linux/UNIX',
    name: image.name,
    description: image.description,
    sourceInstanceId: image.instanceId,
    rootDeviceType: 'ebs',
    rootDeviceName: image.rootDeviceName,
    blockDeviceMapping: image.snapshots.map((snapshot) => ({
      deviceName: image.rootDeviceName,
      ebs: {
        snapshotId: snapshot.id,
        volumeSize: snapshot.sizeGiB,
        deleteOnTermination: true,
        volumeType: 'gp3',
        encrypted: snapshot.encrypted,
      },
    })),
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    tagSet: tagsElement(image.tags),
  }
}

export function snapshotOf(machine: Machine, description: string, tags: Snapshot['tags']): Snapshot {
  const { region } = machine.spec
  const about = { region, volumeId: rootVolumeId(machine), sizeGiB: DISK_GIB, encrypted: false }
  return { ...about, id: newId('snap'), description, startedAt: new Date(), tags }
}

function element(snapshot: Snapshot, status: string, percent: number): Readonly<Record<string, XmlValue>> {
  return {
    snapshotId: snapshot.id,
    volumeId: snapshot.volumeId,
    status,
    startTime: snapshot.startedAt,
    progress: `${percent}%`,
    volumeSize: snapshot.sizeGiB,
    description: snapshot.description,
    encrypted: snapshot.encrypted,
    tagSet: tagsElement(snapshot.tags),
  }
}

export function tagsElement(tags: Readonly<Record<string, string>>): readonly XmlValue[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }))
}

function one({ fleet }: Pick<Account, 'fleet'>, id: string | undefined, region: string): Machine {
  const [machine] = findMachines(fleet, region, [id ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  return machine
}

export const ownImages: Filterable<OwnImage> = {
  fields: {
    'image-id': ({ id }) => id,
    name: ({ name }) => name,
    architecture: ({ architecture }) => architecture,
    state: () => 'available',
  },
  tags: ({ tags }) => tags,
}
const filterable: Filterable<Snapshot> = {
  fields: { 'snapshot-id': ({ id }) => id, 'volume-id': ({ volumeId }) => volumeId },
  tags: ({ tags }) => tags,
}
