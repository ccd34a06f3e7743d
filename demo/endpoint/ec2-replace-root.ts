import { newId } from '../machines/backups.ts'
import type { Machine } from '../machines/machine.ts'
import { firstRootVolumeId, type ReplaceTask, rootVolumeId, type Volume } from '../machines/volumes.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { DISK_GIB } from './ec2-backups.ts'
import { findMachines } from './ec2-instances.ts'
import { takeVolume } from './ec2-volumes.ts'
import type { XmlValue } from './xml.ts'

/** The instance reboots with another root volume; the old one stays in the account. */
export const createReplaceRootVolumeTask: Action = (account, query, region) => {
  const { fleet, backups, times } = account
  const token = query.text('ClientToken')
  const before = token && backups.replaceTasks.find((task) => task.token === token)
  if (before) return { replaceRootVolumeTask: element(before) }
  const [machine] = findMachines(fleet, region, [query.text('InstanceId') ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  if (machine.state !== 'running')
    throw new AwsError('IncorrectInstanceState', `The instance '${machine.spec.instanceId}' is not in the 'running' state.`)
  const snapshotId = query.text('SnapshotId')
  const snapshot = backups.snapshots.find((each) => each.id === snapshotId && each.region === region)
  if (snapshotId && !snapshot) throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${snapshotId}' does not exist.`)
  if (snapshot && !lineOf(machine, backups.volumes).includes(snapshot.volumeId))
    throw new AwsError(
      'InvalidParameterValue',
      `The snapshot '${snapshot.id}' was not created from a root volume of '${machine.spec.instanceId}'.`,
    )
  const imageId = query.text('ImageId')
  if (imageId && !backups.images.some((image) => image.id === imageId && image.region === region))
    throw new AwsError('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`)
  const volume = takeVolume(account, query, machine, region)
  if (query.flag('DryRun')) return {}
  const task: ReplaceTask = { id: newId('replacevol'), token, instanceId: machine.spec.instanceId, startedAt: new Date(), state: 'pending' }
  backups.replaceTasks = [...backups.replaceTasks, task]
  setTimeout(() => {
    task.state = 'in-progress'
    swap(account, machine, volume)
    setTimeout(() => {
      task.state = 'succeeded'
    }, times.volume / 2).unref()
  }, times.volume / 2).unref()
  return { replaceRootVolumeTask: element(task) }
}

export const describeReplaceRootVolumeTasks: Action = ({ backups }, query) => {
  const ids = query.list('ReplaceRootVolumeTaskId')
  const found = backups.replaceTasks.filter(({ id }) => ids.length === 0 || ids.includes(id))
  const missing = ids.find((id) => !found.some((task) => task.id === id))
  if (missing) throw new AwsError('InvalidReplaceRootVolumeTaskID.NotFound', `The replaceRootVolumeTask ID '${missing}' does not exist`)
  return { replaceRootVolumeTaskSet: found.map(element) }
}

function swap({ backups, power }: Account, machine: Machine, volume: Volume | undefined) {
  const { region, zone } = machine.spec
  const old: Volume = {
    id: rootVolumeId(machine),
    region,
    zone: `${region}${zone}`,
    sizeGiB: DISK_GIB,
    snapshotId: undefined,
    encrypted: false,
    createdAt: machine.launchedAt,
    token: undefined,
    tags: {},
  }
  backups.volumes = [...backups.volumes.filter((each) => each !== volume), old]
  machine.rootVolumeId = volume?.id ?? newId('vol')
  if (machine.state === 'running') power.reboot(machine)
}

/** Its root volumes of now and before. */
function lineOf(machine: Machine, volumes: readonly Volume[]): readonly string[] {
  return [firstRootVolumeId(machine), rootVolumeId(machine), ...volumes.map(({ id }) => id)]
}

function element(task: ReplaceTask): XmlValue {
  return { replaceRootVolumeTaskId: task.id, instanceId: task.instanceId, taskState: task.state, startTime: task.startedAt, tagSet: [] }
}
