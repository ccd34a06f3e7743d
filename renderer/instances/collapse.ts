import { useLive } from '../api/live.ts'
import { change } from '../settings/change.ts'

/** Remembered with the settings. */
export function toggleCollapsed(key: string): void {
  const { collapsed } = useLive.getState().settings
  const next = collapsed.includes(key) ? collapsed.filter((other) => other !== key) : [...collapsed, key]
  change({ collapsed: next })
}
