import type { AccountChange } from '../../contract/models/change.ts'
import { UserError } from '../user-error.ts'
import type { MachineFacts, PlanFacts } from './facts.ts'
import { note } from './note.ts'
import type { Plan } from './plan.ts'
import { MADE_FROM_TAG } from './plan-backups.ts'
import { call, MARK_TAG, prepares, type Step, wait } from './step.ts'

type RestoreChange = Extract<AccountChange, { kind: 'replace-root' | 'attach-copy' | 'read-backup' | 'end-reading' | 'delete-volume' }>

export function planRestore(change: RestoreChange, facts: PlanFacts): Plan {
  const { machine, mark } = facts
  switch (change.kind) {
    case 'replace-root':
      return planReplacement(change, machine, mark)
    case 'attach-copy':
      return planCopyOfDisk(change.snapshotId, facts)
    case 'read-backup':
      return planReading(change.snapshotId, facts)
    case 'end-reading':
      return planEndOfReading(change.volumeId, machine)
    case 'delete-volume': {
      const VolumeId = change.volumeId
      const attached = machine.volumes.some(({ id }) => id === VolumeId)
      return {
        steps: [
          ...(attached ? [call('DetachVolume', { VolumeId, InstanceId: machine.instanceId }), wait('volume-available', VolumeId)] : []),
          call('DeleteVolume', { VolumeId }),
        ],
        notes: [note('deletes-backup', { what: VolumeId }), ...(attached ? [note('unmount-first')] : [])],
      }
    }
  }
}

/** The disk of now stays in the account, and is what undo puts back. */
function planReplacement(
  { from, snapshotFirst = false }: Extract<RestoreChange, { kind: 'replace-root' }>,
  machine: MachineFacts,
  mark: string,
): Plan {
  const { instanceId, name, volumes } = machine
  const root = volumes.find((volume) => volume.root)
  if (!root) throw new UserError('NOT_FOUND', { what: 'volume' })
  const source = { snapshot: { SnapshotId: from.id }, image: { ImageId: from.id }, volume: { VolumeId: from.id } }[from.kind]
  const tags = [
    { Key: 'Name', Value: `${name || instanceId} ${root.device}`.trim() },
    { Key: MADE_FROM_TAG, Value: instanceId },
  ]
  return {
    steps: [
      ...(snapshotFirst ? snapshotOf(root.id, machine, mark, from.id) : []),
      call(
        'CreateReplaceRootVolumeTask',
        { InstanceId: instanceId, ...source, ClientToken: mark },
        { name: 'TASK', path: 'ReplaceRootVolumeTask.ReplaceRootVolumeTaskId' },
      ),
      wait('root-volume-replaced', '$TASK'),
      wait('instance-running', instanceId),
      call('CreateTags', { Resources: [root.id], Tags: tags }),
    ],
    undo: { kind: 'replace-root', from: { kind: 'volume', id: root.id } },
    notes: [
      ...(snapshotFirst ? [note('snapshot-first', { volume: root.id, name: beforeName(machine, from.id) })] : []),
      note('replaces-root', { volume: root.id, what: from.id }),
      note('sessions-end'),
      note('keeps-root', { volume: root.id }),
    ],
  }
}

/** Of the system disk alone, as it is before; it stays whatever becomes of the rest. */
function snapshotOf(rootId: string, machine: MachineFacts, mark: string, to: string): readonly Step[] {
  const { instanceId, volumes } = machine
  const others = volumes.filter(({ id }) => id !== rootId).map(({ id }) => id)
  const tags = [
    { Key: 'Name', Value: beforeName(machine, to) },
    { Key: MADE_FROM_TAG, Value: instanceId },
    { Key: MARK_TAG, Value: mark },
  ]
  const input = {
    InstanceSpecification: { InstanceId: instanceId, ...(others.length > 0 ? { ExcludeDataVolumeIds: others } : {}) },
    Description: beforeName(machine, to),
    TagSpecifications: [{ ResourceType: 'snapshot' as const, Tags: tags }],
  }
  const saves = { name: 'SNAPSHOTS', path: 'Snapshots[].SnapshotId' }
  return [call('CreateSnapshots', input, saves), wait('snapshot-completed', '$SNAPSHOTS')].map(prepares)
}

function beforeName({ name, instanceId }: MachineFacts, to: string): string {
  return `${name || instanceId} before ${to}`
}

function planCopyOfDisk(snapshotId: string, { machine, snapshot, mark }: PlanFacts): Plan {
  const { instanceId, zone, volumes } = machine
  const device = freeDevice(volumes.map((volume) => volume.device))
  const tags = [
    { Key: 'Name', Value: snapshot?.name || snapshotId },
    { Key: MADE_FROM_TAG, Value: instanceId },
    { Key: MARK_TAG, Value: mark },
  ]
  return {
    steps: [
      call(
        'CreateVolume',
        {
          AvailabilityZone: zone,
          SnapshotId: snapshotId,
          VolumeType: 'gp3',
          ClientToken: mark,
          TagSpecifications: [{ ResourceType: 'volume', Tags: tags }],
        },
        { name: 'VOLUME', path: 'VolumeId' },
      ),
      wait('volume-available', '$VOLUME'),
      call('AttachVolume', { Device: device, InstanceId: instanceId, VolumeId: '$VOLUME' }),
      wait('volume-in-use', '$VOLUME'),
    ],
    undo: { kind: 'delete-volume', volumeId: '$VOLUME' },
    notes: [note('attaches-copy', { device, zone, size: String(snapshot?.sizeGiB ?? '?'), what: snapshotId }), note('how-to-mount')],
  }
}

/** A disk for as long as its files are read: whatever fails, it is taken down again (changes.ts). */
function planReading(snapshotId: string, facts: PlanFacts): Plan {
  const { machine, snapshot } = facts
  const { instanceId } = machine
  if (machine.state !== 'running') throw new UserError('INSTANCE_NOT_RUNNING', { instanceId, state: machine.state })
  const { steps } = planCopyOfDisk(snapshotId, facts)
  const device = freeDevice(machine.volumes.map((volume) => volume.device))
  const sizeGiB = snapshot?.sizeGiB ?? 0
  const onHost = { kind: 'host', instanceId, device, sizeGiB, volumeId: '$VOLUME' } as const
  return {
    steps: [prepares({ ...onHost, task: 'check' }), ...steps, { ...onHost, task: 'mount', saves: { name: 'FOLDER' } }],
    undo: { kind: 'end-reading', volumeId: '$VOLUME' },
    notes: [
      note('reads-backup', { zone: machine.zone, size: String(sizeGiB || '?'), what: snapshotId }),
      note('mounts', { folder: '~/.mooring/backups' }),
      note('until-done'),
    ],
  }
}

/** A machine that does not run has nothing mounted. */
function planEndOfReading(VolumeId: string, { instanceId, volumes, state }: MachineFacts): Plan {
  const device = volumes.find(({ id }) => id === VolumeId)?.device
  const unmounts = device !== undefined && state === 'running'
  return {
    steps: [
      ...(unmounts ? [{ kind: 'host', task: 'unmount', instanceId, device, sizeGiB: 0, volumeId: VolumeId } as const] : []),
      ...(device ? [call('DetachVolume', { VolumeId, InstanceId: instanceId }), wait('volume-available', VolumeId)] : []),
      call('DeleteVolume', { VolumeId }),
    ],
    notes: [note('ends-reading', { volume: VolumeId })],
  }
}

/** EC2's own advice for Linux: /dev/sd[f-p]. What the machine calls it is another matter. */
function freeDevice(used: readonly string[]): string {
  const taken = new Set(used.map((device) => device.replace(/^\/dev\/(?:sd|xvd)([a-z]+)\d*$/, '$1')))
  const letter = [...'fghijklmnop'].find((each) => !taken.has(each))
  if (!letter) throw new UserError('NO_FREE_DEVICE', {})
  return `/dev/sd${letter}`
}
