import type { SettingsPage } from '../app/actions.ts'

/** A setting by the key of its name as its page shows it, and that of what else it is found by. */
export interface SettingEntry {
  readonly name: string
  readonly page: SettingsPage
  readonly also?: string
}

const on = (page: SettingsPage, names: readonly (string | readonly [name: string, also: string])[]): readonly SettingEntry[] =>
  names.map((each) => (typeof each === 'string' ? { name: each, page } : { name: each[0], also: each[1], page }))

/** Everything that can be set, in the order of the pages. Shortcuts have a search of their own, by command. */
export const settingsIndex: readonly SettingEntry[] = [
  ...on('look', ['settings.theme', 'settings.language']),
  ...on('terminal', [
    'settings.scrollback',
    'settings.rightClick',
    'settings.bell',
    'settings.hostClipboard',
    'stays:proxy.title',
    'settings.copyOnSelect',
    'settings.warnBeforePastingLines',
    'settings.reconnect',
    'settings.keepTabs',
    ['settings.tellOutside', 'settings.tellOutsideText'],
    'settings.commandHistory',
    ['settings.screenReader', 'settings.screenReaderText'],
    'monitor:settings',
  ]),
  ...on('terminalLook', [
    'settings.terminalTheme',
    ['settings.importScheme', 'settings.importSchemeText'],
    'settings.fontFamily',
    'settings.fontSize',
    'settings.lineHeight',
    'settings.cursorStyle',
    'settings.cursorBlink',
    ['settings.ligatures', 'settings.ligaturesText'],
    'settings.highlights.title',
  ]),
  ...on('shortcuts', ['shortcuts:title']),
  ...on('keys', ['keys.path', 'keys.paste', 'ssh:makeKey.open', ['keyless:setting', 'keyless:settingText']]),
  ...on('vault', ['settings.pages.vault', 'vault.lockAfter']),
  ...on('file', ['shortcuts:file.export', 'shortcuts:file.import', 'shortcuts:diagnostics.title']),
]

export const SETTING_NAMESPACES = ['shell', 'stays', 'monitor', 'shortcuts', 'ssh', 'keyless'] as const
