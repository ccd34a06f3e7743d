import type { Target } from '../../contract/models/terminal.ts'

/** Where the files of an instance's next tab begin, by its id: a tab has no name before it is there. */
const wanted = new Map<string, string>()

export function beginIn(instanceId: string, folder: string): void {
  wanted.set(instanceId, folder)
}

/** As often as it is asked: React may draw a panel twice before it is there. */
export function firstFolder(target: Target): string | undefined {
  return target.kind === 'instance' && target.filesOnly ? wanted.get(target.ref.instanceId) : undefined
}

export function hasBegun(target: Target): void {
  if (target.kind === 'instance' && target.filesOnly) wanted.delete(target.ref.instanceId)
}
