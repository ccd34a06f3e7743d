import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'

/** Remembered with the settings. */
export function toggleCollapsed(key: string): void {
  const { collapsed } = useLive.getState().settings
  const next = collapsed.includes(key) ? collapsed.filter((other) => other !== key) : [...collapsed, key]
  void attempt(() => api.settings.change({ collapsed: next }))
}
