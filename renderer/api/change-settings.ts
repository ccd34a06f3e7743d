import { defaultSettings, type Settings } from '../../contract/models/settings.ts'
import { api } from './client.ts'
import { useLive } from './live.ts'

let told: Settings = defaultSettings
const asked = new Set<Partial<Settings>>()

/** As the core told them; on top of that what it has been asked for and has not done yet. */
export function settingsTold(settings: Settings): Settings {
  told = settings
  return withAsked()
}

/** Shown at once, so that the next click means what it sees; what the core refuses is as it was. Every window has it from the core. */
export async function changeSettings(settings: Partial<Settings>): Promise<void> {
  asked.add(settings)
  useLive.setState({ settings: withAsked() })
  try {
    await api.settings.change(settings)
    // Its answer comes before the state is told, a few times a second.
    told = { ...told, ...settings }
  } finally {
    asked.delete(settings)
    useLive.setState({ settings: withAsked() })
  }
}

function withAsked(): Settings {
  return Object.assign({}, told, ...asked)
}
