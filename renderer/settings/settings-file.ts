import { type Settings, settings } from '../../contract/models/settings.ts'

/**
 * What a file of settings holds, with the key of each name: habits that make sense on another computer. Left out are secrets, which are
 * no settings, addresses of proxies, profiles, hosts and key files, and what gives a host a right that it was asked about.
 */
export const portable = {
  theme: 'settings.theme',
  language: 'settings.language',
  fontSize: 'settings.fontSize',
  fontFamily: 'settings.fontFamily',
  lineHeight: 'settings.lineHeight',
  ligatures: 'settings.ligatures',
  cursorStyle: 'settings.cursorStyle',
  cursorBlink: 'settings.cursorBlink',
  terminalTheme: 'settings.terminalTheme',
  terminalThemes: 'shortcuts:file.schemes',
  highlights: 'settings.highlights.title',
  shortcuts: 'shortcuts:title',
  scrollback: 'settings.scrollback',
  screenReader: 'settings.screenReader',
  copyOnSelect: 'settings.copyOnSelect',
  rightClick: 'settings.rightClick',
  warnBeforePastingLines: 'settings.warnBeforePastingLines',
  bell: 'settings.bell',
  reconnect: 'settings.reconnect',
  keepTabs: 'settings.keepTabs',
  commandHistory: 'settings.commandHistory',
  monitor: 'monitor:settings',
} as const satisfies { readonly [Name in keyof Settings]?: string }

export type Portable = keyof typeof portable
const NAMES = Object.keys(portable) as readonly Portable[]

export function exportSettings(now: Settings): string {
  const kept = Object.fromEntries(NAMES.map((name) => [name, now[name]]))
  return `${JSON.stringify({ mooringSettings: 1, settings: kept }, undefined, 2)}\n`
}

/**
 * What a file would change, shown before it does. `broken`: no settings of ours, or the named one has a value that cannot be; nothing of
 * such a file is taken. `ignored`: what it holds besides, of a newer version or not for a file.
 */
export type SettingsImport =
  | { readonly kind: 'broken'; readonly setting?: Portable }
  | { readonly kind: 'changes'; readonly changed: readonly Portable[]; readonly wanted: Partial<Settings>; readonly ignored: number }

export function readSettings(text: string, now: Settings): SettingsImport {
  const given = settingsIn(text)
  if (!given) return { kind: 'broken' }
  const wanted: Partial<Settings> = {}
  for (const name of NAMES.filter((each) => Object.hasOwn(given, each))) {
    const read = settings.shape[name].safeParse(given[name])
    if (!read.success) return { kind: 'broken', setting: name }
    if (JSON.stringify(read.data) !== JSON.stringify(now[name])) Object.assign(wanted, { [name]: read.data })
  }
  const ignored = Object.keys(given).filter((name) => !Object.hasOwn(portable, name)).length
  return { kind: 'changes', changed: NAMES.filter((name) => Object.hasOwn(wanted, name)), wanted, ignored }
}

function settingsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const file: unknown = JSON.parse(text)
    if (!isRecord(file) || file.mooringSettings !== 1) return undefined
    return isRecord(file.settings) ? file.settings : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
