import type { ChangeState } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { openTarget } from '../app/actions.ts'
import { beginIn } from '../files/first-folder.ts'

/** Launches of this page, whose terminal the person waits for, and backups, whose files. */
const waited = new Set<string>()

export function openWhenReady(changeId: string): void {
  waited.add(changeId)
}

export function openIfReady(change: ChangeState): void {
  const ready = readyToOpen(change)
  if (ready && waited.delete(change.id)) openReady(ready)
}

export interface Ready {
  readonly ref: InstanceRef
  /** Of a backup whose files can be read there. */
  readonly folder?: string | undefined
}

export function openReady({ ref, folder }: Ready): void {
  if (folder !== undefined) beginIn(ref.instanceId, folder)
  openTarget({ kind: 'instance', ref, ...(folder === undefined ? {} : { filesOnly: true }) })
}

/** The instance that a launch made, once it can be connected to, or the one on which a backup can be read. */
export function readyToOpen({ kind, profile, targets: [target] }: ChangeState): Ready | undefined {
  if (target?.phase !== 'done') return undefined
  const ref = { profile, region: target.region, instanceId: target.target }
  if (kind === 'launch') return { ref }
  return kind === 'read-backup' && target.folder !== undefined ? { ref, folder: target.folder } : undefined
}
