import type { Settings } from '../../contract/models/settings.ts'
import { changeSettings } from '../api/change-settings.ts'
import { attempt } from '../app/attempt.tsx'

/** Takes effect at once; a failure is told. */
export function change(settings: Partial<Settings>): void {
  void attempt(() => changeSettings(settings))
}
