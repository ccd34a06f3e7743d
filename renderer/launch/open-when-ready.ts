import type { ChangeState } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { openTarget } from '../app/actions.ts'

/** Launches of this page, whose terminal the person waits for. */
const waited = new Set<string>()

export function openWhenReady(changeId: string): void {
  waited.add(changeId)
}

export function openIfReady(change: ChangeState): void {
  const ref = launchedRef(change)
  if (ref && waited.delete(change.id)) openTarget({ kind: 'instance', ref })
}

/** The instance that a launch made, once it can be connected to. */
export function launchedRef({ kind, profile, targets: [target] }: ChangeState): InstanceRef | undefined {
  return kind === 'launch' && target?.phase === 'done' ? { profile, region: target.region, instanceId: target.target } : undefined
}
