import type { z } from 'zod'
import { defaultSettings, type Settings, settings } from '../../contract/models/settings.ts'
import { openStore, type Store } from '../store/store.ts'

const settingsChange = settings.partial()

export interface SettingsStore extends Store<Settings> {
  /** Of what is given; the rest stays. */
  change(settings: z.infer<typeof settingsChange>): void
}

export function openSettings(folder: string): SettingsStore {
  const store = openStore({ folder, name: 'settings', schema: settings, defaults: defaultSettings })
  return { ...store, change: (changed) => store.state.update((before) => settings.parse({ ...before, ...changed })) }
}
