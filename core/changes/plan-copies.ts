import type { AccountChange } from '../../contract/models/change.ts'
import type { PlanFacts } from './facts.ts'
import { note } from './note.ts'
import type { Plan } from './plan.ts'
import { MADE_FROM_TAG } from './plan-backups.ts'
import { call, inRegion, MARK_TAG, wait } from './step.ts'

type CopyChange = Extract<AccountChange, { kind: 'copy-image' | 'copy-snapshot' | 'share-image' }>

/** To another region, or for another account. A copy is asked for where it is to be. */
export function planCopy(change: CopyChange, { machine, place, mark, image, snapshot }: PlanFacts): Plan {
  if (change.kind === 'share-image') return planSharing(change, image?.snapshotIds ?? [])
  const { toRegion, name, encrypt } = change
  const common = { SourceRegion: place.region, ...(encrypt ? { Encrypted: true } : {}) }
  const Tags = [
    { Key: 'Name', Value: name },
    { Key: MADE_FROM_TAG, Value: machine.instanceId },
    { Key: MARK_TAG, Value: mark },
  ]
  const steps =
    change.kind === 'copy-image'
      ? [
          call(
            'CopyImage',
            {
              ...common,
              SourceImageId: change.imageId,
              Name: name,
              ClientToken: mark,
              TagSpecifications: [
                { ResourceType: 'image', Tags },
                { ResourceType: 'snapshot', Tags },
              ],
            },
            { name: 'IMAGE', path: 'ImageId' },
          ),
          wait('image-available', '$IMAGE'),
        ]
      : [
          call(
            'CopySnapshot',
            { ...common, SourceSnapshotId: change.snapshotId, Description: name, TagSpecifications: [{ ResourceType: 'snapshot', Tags }] },
            { name: 'SNAPSHOT', path: 'SnapshotId' },
          ),
          wait('snapshot-completed', '$SNAPSHOT'),
        ]
  const size = String((change.kind === 'copy-image' ? image : snapshot)?.sizeGiB ?? '?')
  return {
    steps: steps.map((step) => inRegion(step, toRegion)),
    notes: [note('copies-to', { region: toRegion, size }), ...(encrypt ? [note('encrypts')] : [])],
  }
}

function planSharing({ imageId, accountId, on }: Extract<CopyChange, { kind: 'share-image' }>, snapshotIds: readonly string[]): Plan {
  const who = [{ UserId: accountId }]
  return {
    steps: [
      call('ModifyImageAttribute', { ImageId: imageId, LaunchPermission: on ? { Add: who } : { Remove: who } }),
      ...snapshotIds.map((SnapshotId) =>
        call('ModifySnapshotAttribute', { SnapshotId, CreateVolumePermission: on ? { Add: who } : { Remove: who } }),
      ),
    ],
    undo: { kind: 'share-image', imageId, accountId, on: !on },
    notes: [note(on ? 'shares' : 'unshares', { account: accountId, what: imageId })],
  }
}
