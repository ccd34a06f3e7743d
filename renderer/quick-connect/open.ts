import type { Target } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { openTarget } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import type { QuickTarget } from './parse.ts'

/** A terminal on it, with a key that is named by its path: the file is then one of the person's keys. */
export async function openWithKey(target: Target, keyPath: string | undefined): Promise<void> {
  if (keyPath === undefined || target.choices?.keyId !== undefined) {
    openTarget(target)
    return
  }
  const added = await attempt(() => api.keys.addPath({ path: keyPath }))
  const [keyId] = added ?? []
  if (added) openTarget({ ...target, ...(keyId && { choices: { ...target.choices, keyId } }) })
}

export async function openQuickTarget({ keyPath, ...target }: QuickTarget): Promise<void> {
  await openWithKey(target, keyPath)
}
