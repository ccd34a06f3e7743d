import type { SettingsPage } from '../app/actions.ts'
import type { AppCommand, TerminalCommand } from '../shortcuts/commands.ts'

/** What opens a thing here: a command, or a page of the settings. */
export type Opens = AppCommand | TerminalCommand | `settings:${SettingsPage}`

/** What people know from MobaXterm and PuTTY, in the order in which they look for it. The words are under `coming.rows`. */
export const coming = {
  sessions: 'bookmarks',
  import: 'import',
  hostName: 'quick-connect',
  instances: 'instances',
  sftp: 'files',
  pscp: 'transfers',
  multiExec: 'multi-exec',
  plink: 'many',
  tunnels: 'tunnels',
  macros: 'snippets',
  history: 'history',
  pageant: 'settings:keys',
  puttygen: 'settings:keys',
  gateway: 'settings:terminal',
  x11: 'bookmarks',
  localShell: 'local-shell',
  find: 'search',
  split: 'split-right',
  mouse: 'settings:terminal',
  colours: 'settings:terminalLook',
  monitor: 'settings:terminal',
  masterPassword: 'settings:vault',
  shortcuts: 'settings:shortcuts',
  otherKinds: 'new-tunnel',
} as const satisfies Readonly<Record<string, Opens>>
export type ComingRow = keyof typeof coming
export const comingRows = Object.keys(coming) as readonly ComingRow[]
