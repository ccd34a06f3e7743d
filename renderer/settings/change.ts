import type { Settings } from '../../contract/models/settings.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'

/** A setting takes effect when the core has it: every window then shows the same. */
export function change(settings: Partial<Settings>): void {
  void attempt(() => api.settings.change(settings))
}
