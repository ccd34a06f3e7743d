import type { AccountChange } from '../../contract/models/change.ts'
import type { MachineFacts, PlanFacts } from './facts.ts'
import { note } from './note.ts'
import type { Plan } from './plan.ts'
import { call, MARK_TAG, wait } from './step.ts'

/** What a backup was made of: images and snapshots of EC2 do not all say it themselves. */
export const MADE_FROM_TAG = 'mooring:instance'

type BackupChange = Extract<AccountChange, { kind: 'create-image' | 'create-snapshots' | 'delete-image' | 'delete-snapshots' }>

export function planBackup(change: BackupChange, { machine: { instanceId, volumes, state }, mark, image }: PlanFacts): Plan {
  const tags = (name: string) => [
    { Key: 'Name', Value: name },
    { Key: MADE_FROM_TAG, Value: instanceId },
    { Key: MARK_TAG, Value: mark },
  ]
  switch (change.kind) {
    case 'create-image': {
      const { name, description, reboot } = change
      const input = {
        InstanceId: instanceId,
        Name: name,
        ...(description ? { Description: description } : {}),
        ...(reboot ? {} : { NoReboot: true }),
        TagSpecifications: [
          { ResourceType: 'image' as const, Tags: tags(name) },
          { ResourceType: 'snapshot' as const, Tags: tags(name) },
        ],
      }
      return {
        steps: [call('CreateImage', input, { name: 'IMAGE', path: 'ImageId' }), wait('image-available', '$IMAGE')],
        undo: { kind: 'delete-image', imageId: '$IMAGE', withSnapshots: true },
        notes: [
          ...(state === 'running' ? [note(reboot ? 'reboots' : 'no-reboot')] : []),
          note('backup-costs', { volumes: named(volumes) }),
        ],
      }
    }
    case 'create-snapshots': {
      const chosen = volumes.filter(({ id }) => change.volumeIds.includes(id))
      const left = volumes.filter(({ id, root }) => !root && !change.volumeIds.includes(id)).map(({ id }) => id)
      const input = {
        InstanceSpecification: {
          InstanceId: instanceId,
          ...(chosen.some(({ root }) => root) ? {} : { ExcludeBootVolume: true }),
          ...(left.length > 0 ? { ExcludeDataVolumeIds: left } : {}),
        },
        Description: change.name,
        TagSpecifications: [{ ResourceType: 'snapshot' as const, Tags: tags(change.name) }],
      }
      return {
        steps: [
          call('CreateSnapshots', input, { name: 'SNAPSHOTS', path: 'Snapshots[].SnapshotId' }),
          wait('snapshot-completed', '$SNAPSHOTS'),
        ],
        undo: { kind: 'delete-snapshots', snapshotIds: ['$SNAPSHOTS'] },
        notes: [note('crash-consistent'), note('backup-costs', { volumes: named(chosen) })],
      }
    }
    case 'delete-image': {
      const { imageId, withSnapshots } = change
      const snapshotIds = image?.snapshotIds ?? []
      const snapshots = snapshotIds.join(', ')
      return {
        steps: [
          call('DeregisterImage', { ImageId: imageId }),
          ...(withSnapshots ? snapshotIds.map((SnapshotId) => call('DeleteSnapshot', { SnapshotId })) : []),
        ],
        notes: [
          note('deletes-backup', { what: imageId }),
          ...(snapshots ? [note(withSnapshots ? 'deletes-snapshots' : 'keeps-snapshots', { snapshots })] : []),
        ],
      }
    }
    case 'delete-snapshots':
      return {
        steps: change.snapshotIds.map((SnapshotId) => call('DeleteSnapshot', { SnapshotId })),
        notes: [note('deletes-backup', { what: change.snapshotIds.join(', ') })],
      }
  }
}

function named(volumes: MachineFacts['volumes']): string {
  return volumes.map(({ id, device }) => `${id} (${device})`).join(', ')
}
