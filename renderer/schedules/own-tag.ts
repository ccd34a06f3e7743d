import type { TargetTag } from '../../contract/models/schedule.ts'

const KEY = 'mooring:backup'

/** A tag for one instance alone. Each policy has one of its own: DLM may refuse the same target tag twice. */
export function ownTag(instanceId: string, tags: Readonly<Record<string, string>>): TargetTag {
  let key = KEY
  for (let number = 2; key in tags; number++) key = `${KEY}-${number}`
  return { key, value: instanceId }
}

export function isOwnTag({ key, value }: TargetTag, instanceId: string): boolean {
  return key.startsWith(KEY) && value === instanceId
}
