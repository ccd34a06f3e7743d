import { newId } from '../machines/backups.ts'
import type { Machine } from '../machines/machine.ts'
import { isAttached, rootVolumeId, type Volume } from '../machines/volumes.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { DISK_GIB, tagsElement } from './ec2-backups.ts'
import { findMachines } from './ec2-instances.ts'
import { rootDeviceName } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import { readTagSpecification } from './tag-specification.ts'
import type { XmlValue } from './xml.ts'

export const createVolume: Action = (account, query, region) => {
  const { backups } = account
  const token = query.text('ClientToken')
  const before = token && backups.volumes.find((volume) => volume.token === token)
  if (before) return element(account, before)
  const snapshotId = query.text('SnapshotId')
  const snapshot = backups.snapshots.find((each) => each.id === snapshotId && each.region === region)
  if (snapshotId && !snapshot) throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${snapshotId}' does not exist.`)
  if (snapshot && backups.progress(snapshot) < 100)
    throw new AwsError('IncorrectState', `Snapshot ${snapshot.id} is not in the 'completed' state.`)
  const zone = query.text('AvailabilityZone') ?? ''
  if (!new RegExp(`^${region}[a-c]$`).test(zone)) throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`)
  const sizeGiB = Number(query.text('Size') ?? snapshot?.sizeGiB)
  if (!Number.isInteger(sizeGiB)) throw new AwsError('MissingParameter', 'The request must contain the parameter size/snapshot')
  if (query.flag('DryRun')) return {}
  const volume: Volume = {
    id: newId('vol'),
    region,
    zone,
    sizeGiB,
    snapshotId,
    encrypted: snapshot?.encrypted ?? query.flag('Encrypted'),
    createdAt: new Date(),
    token,
    tags: readTagSpecification(query, 'volume'),
  }
  backups.volumes = [...backups.volumes, volume]
  return element(account, volume)
}

export const attachVolume: Action = (account, query, region) => {
  const volume = find(account, query.text('VolumeId'), region)
  const [machine] = findMachines(account.fleet, region, [query.text('InstanceId') ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  const device = query.text('Device') ?? ''
  if (!/^\/dev\/(?:sd|xvd)[a-z]+$/.test(device))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${device}) for parameter device is invalid. ${device} is not a valid EBS device name.`,
    )
  if (stateOf(account, volume) !== 'available')
    throw new AwsError(
      isAttached(volume, account.fleet.machines) ? 'VolumeInUse' : 'IncorrectState',
      `Volume '${volume.id}' is not available.`,
    )
  if (volume.zone !== `${region}${machine.spec.zone}`)
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${volume.id}' is not in the same availability zone as instance '${machine.spec.instanceId}'`,
    )
  if (machine.disks?.some((disk) => disk.device === device) || device === rootDeviceName(machine))
    throw new AwsError('InvalidParameterValue', `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`)
  if (query.flag('DryRun')) return {}
  machine.disks = [...(machine.disks ?? []), { volumeId: volume.id, device, at: new Date() }]
  account.disks.attached(machine, volume)
  return { volumeId: volume.id, instanceId: machine.spec.instanceId, device, status: 'attaching', attachTime: new Date() }
}

export const detachVolume: Action = (account, query, region) => {
  const volume = find(account, query.text('VolumeId'), region)
  const machine = account.fleet.machines.find(({ disks }) => disks?.some(({ volumeId }) => volumeId === volume.id))
  if (!machine) throw new AwsError('IncorrectState', `Volume '${volume.id}' is in the 'available' state.`)
  if (query.flag('DryRun')) return {}
  machine.disks = machine.disks?.filter(({ volumeId }) => volumeId !== volume.id) ?? []
  account.disks.detached(machine, volume.id)
  return { volumeId: volume.id, instanceId: machine.spec.instanceId, status: 'detaching' }
}

export const deleteVolume: Action = (account, query, region) => {
  const volume = find(account, query.text('VolumeId'), region)
  const attached = isAttached(volume, account.fleet.machines)
  if (query.flag('DryRun')) return {}
  if (attached) throw new AwsError('VolumeInUse', `Volume ${volume.id} is currently attached`)
  account.backups.volumes = account.backups.volumes.filter((each) => each !== volume)
  return { return: true }
}

export const describeVolumes: Action = (account, query, region) => {
  const { fleet, backups } = account
  const ids = query.list('VolumeId')
  const all: readonly Row[] = [
    ...fleet.machines.filter(({ spec, state }) => spec.region === region && state !== 'terminated').map(rootRow),
    ...backups.volumes
      .filter((volume) => volume.region === region)
      .map((volume) => ({ id: volume.id, tags: volume.tags, element: element(account, volume) })),
  ]
  const missing = ids.find((id) => !all.some((row) => row.id === id))
  if (missing) throw new AwsError('InvalidVolume.NotFound', `The volume '${missing}' does not exist.`)
  const wanted = applyFilters(
    all.filter(({ id }) => ids.length === 0 || ids.includes(id)),
    query.filters(),
    filterable,
  )
  const { page, nextToken } = pageOf(wanted, query)
  return { volumeSet: page.map((row) => row.element), nextToken }
}

interface Row {
  readonly id: string
  readonly tags: Readonly<Record<string, string>>
  readonly element: XmlValue
}

function rootRow(machine: Machine): Row {
  const { spec, launchedAt } = machine
  const id = rootVolumeId(machine)
  const attachment = {
    volumeId: id,
    instanceId: spec.instanceId,
    device: rootDeviceName(machine),
    status: 'attached',
    deleteOnTermination: true,
  }
  return {
    id,
    tags: {},
    element: {
      volumeId: id,
      size: DISK_GIB,
      availabilityZone: `${spec.region}${spec.zone}`,
      status: 'in-use',
      createTime: launchedAt,
      attachmentSet: [attachment],
      volumeType: 'gp3',
      encrypted: false,
      tagSet: [],
    },
  }
}

function element(account: Account, volume: Volume): { readonly [name: string]: XmlValue } {
  const machine = account.fleet.machines.find(({ disks }) => disks?.some(({ volumeId }) => volumeId === volume.id))
  const disk = machine?.disks?.find(({ volumeId }) => volumeId === volume.id)
  return {
    volumeId: volume.id,
    size: volume.sizeGiB,
    snapshotId: volume.snapshotId ?? '',
    availabilityZone: volume.zone,
    status: stateOf(account, volume),
    createTime: volume.createdAt,
    attachmentSet:
      machine && disk
        ? [
            {
              volumeId: volume.id,
              instanceId: machine.spec.instanceId,
              device: disk.device,
              status: Date.now() - disk.at.getTime() < account.times.volume ? 'attaching' : 'attached',
              attachTime: disk.at,
              deleteOnTermination: false,
            },
          ]
        : [],
    volumeType: 'gp3',
    encrypted: volume.encrypted,
    tagSet: tagsElement(volume.tags),
  }
}

function stateOf({ fleet, times }: Account, volume: Volume): 'creating' | 'available' | 'in-use' {
  if (isAttached(volume, fleet.machines)) return 'in-use'
  return Date.now() - volume.createdAt.getTime() < times.volume ? 'creating' : 'available'
}

function find({ backups }: Account, id: string | undefined, region: string): Volume {
  const volume = backups.volumes.find((each) => each.id === id && each.region === region)
  if (!volume) throw new AwsError('InvalidVolume.NotFound', `The volume '${id ?? ''}' does not exist.`)
  return volume
}

const filterable: Filterable<Row> = { fields: { 'volume-id': ({ id }) => id }, tags: ({ tags }) => tags }

/** Takes a volume out of the account, to become a machine's root. Throws where it may not. */
export function takeVolume(account: Account, query: Query, machine: Machine, region: string): Volume | undefined {
  const id = query.text('VolumeId')
  if (!id) return undefined
  const volume = find(account, id, region)
  if (stateOf(account, volume) !== 'available' || volume.zone !== `${region}${machine.spec.zone}`)
    throw new AwsError('InvalidParameterValue', `The volume '${id}' is not available in the instance's availability zone.`)
  return volume
}
