/**
 * What can be done by keys: by which, if nobody says otherwise, on every platform (`both`), on Macs or elsewhere; the key of its words;
 * and where. `terminal`: with the terminal in front; `workspace`: while the focus is among the tabs; else anywhere. The keys are those of
 * the platform's terminals, of MobaXterm and of Windows Terminal.
 */
interface Definition {
  readonly name: string
  readonly place?: 'terminal' | 'workspace'
  readonly both?: readonly string[]
  readonly other?: readonly string[]
  readonly mac?: readonly string[]
}

export const commands = {
  // Ctrl+K is the shell's: in a terminal it stays that, and one of the others opens the search.
  palette: {
    name: 'shortcuts:names.palette',
    other: ['ctrl+KeyK', 'ctrl+shift+KeyP', 'ctrl+shift+KeyK'],
    mac: ['meta+KeyK', 'meta+shift+KeyP', 'meta+shift+KeyK'],
  },
  'quick-connect': { name: 'commands.quickConnect', other: ['ctrl+shift+KeyN'], mac: ['meta+KeyN'] },
  'local-shell': { name: 'workspace:local.menu' },
  settings: { name: 'settings.title', other: ['ctrl+Comma'], mac: ['meta+Comma'] },
  help: { name: 'shortcuts:names.help', both: ['F1'] },
  coming: { name: 'shortcuts:names.coming' },
  news: { name: 'shortcuts:names.news' },
  tour: { name: 'shortcuts:names.tour' },
  copy: { name: 'workspace:copy', place: 'terminal', both: ['ctrl+Insert'], other: ['ctrl+shift+KeyC'], mac: ['meta+KeyC'] },
  paste: { name: 'workspace:pasteClipboard', place: 'terminal', both: ['shift+Insert'], other: ['ctrl+shift+KeyV'], mac: ['meta+KeyV'] },
  search: { name: 'shortcuts:names.search', place: 'terminal', other: ['ctrl+shift+KeyF'], mac: ['meta+KeyF'] },
  files: { name: 'shortcuts:names.files', place: 'terminal', other: ['ctrl+shift+KeyE'], mac: ['meta+shift+KeyE'] },
  'two-panes': { name: 'shortcuts:names.twoPanes', place: 'terminal' },
  'previous-prompt': {
    name: 'shortcuts:names.previousPrompt',
    place: 'terminal',
    other: ['ctrl+shift+ArrowUp'],
    mac: ['meta+shift+ArrowUp'],
  },
  'next-prompt': { name: 'shortcuts:names.nextPrompt', place: 'terminal', other: ['ctrl+shift+ArrowDown'], mac: ['meta+shift+ArrowDown'] },
  'select-output': { name: 'workspace:command.selectOutput', place: 'terminal', other: ['ctrl+shift+KeyO'], mac: ['meta+shift+KeyO'] },
  'duplicate-tab': { name: 'shortcuts:names.duplicateTab', place: 'terminal' },
  'split-right': { name: 'workspace:splitRight', place: 'terminal', both: ['alt+shift+Equal'] },
  'split-down': { name: 'workspace:splitDown', place: 'terminal', both: ['alt+shift+Minus'] },
  'own-window': { name: 'workspace:ownWindow.command', place: 'terminal', other: ['ctrl+shift+KeyM'], mac: ['meta+shift+KeyM'] },
  'close-tab': { name: 'shortcuts:names.closeTab', place: 'terminal', other: ['ctrl+shift+KeyW'], mac: ['meta+KeyW'] },
  'next-tab': { name: 'shortcuts:names.nextTab', place: 'workspace', both: ['ctrl+Tab', 'ctrl+PageDown'] },
  'previous-tab': { name: 'shortcuts:names.previousTab', place: 'workspace', both: ['ctrl+shift+Tab', 'ctrl+PageUp'] },
  'move-tab-left': { name: 'shortcuts:names.moveTabLeft', place: 'workspace', both: ['ctrl+shift+PageUp'] },
  'move-tab-right': { name: 'shortcuts:names.moveTabRight', place: 'workspace', both: ['ctrl+shift+PageDown'] },
  'reopen-tab': { name: 'workspace:reopenClosed', place: 'workspace', other: ['ctrl+shift+KeyT'], mac: ['meta+shift+KeyT'] },
  larger: {
    name: 'shortcuts:names.larger',
    place: 'workspace',
    other: ['ctrl+Equal', 'ctrl+shift+Equal', 'ctrl+NumpadAdd'],
    mac: ['meta+Equal', 'meta+shift+Equal'],
  },
  smaller: { name: 'shortcuts:names.smaller', place: 'workspace', other: ['ctrl+Minus', 'ctrl+NumpadSubtract'], mac: ['meta+Minus'] },
  'usual-size': { name: 'shortcuts:names.usualSize', place: 'workspace', other: ['ctrl+Digit0', 'ctrl+Numpad0'], mac: ['meta+Digit0'] },
  history: { name: 'snippets:history.open', other: ['ctrl+shift+KeyH'], mac: ['meta+shift+KeyH'] },
  snippets: { name: 'snippets:open', other: ['ctrl+shift+KeyS'], mac: ['meta+shift+KeyS'] },
  'full-screen': { name: 'workspace:fullScreen.enter', place: 'terminal', both: ['F11'] },
  'multi-exec': { name: 'workspace:multiExec.start', place: 'terminal' },
  'multi-compare': { name: 'workspace:multiExec.compareTitle', place: 'terminal' },
  download: { name: 'transfers:download.command', place: 'terminal' },
  upload: { name: 'transfers:upload.command', place: 'terminal' },
  many: { name: 'many:title' },
  fleet: { name: 'fleet:title' },
  instances: { name: 'rooms.instances' },
  bookmarks: { name: 'rooms.bookmarks' },
  tunnels: { name: 'rooms.tunnels' },
  'new-tunnel': { name: 'tunnels:new' },
  transfers: { name: 'transfers:title' },
  details: { name: 'frame.details' },
  refresh: { name: 'commands.refresh' },
  launch: { name: 'launch:command' },
  audit: { name: 'audit:title' },
  activity: { name: 'network:activity.title' },
  import: { name: 'bookmarks:import.title' },
  'export-secrets': { name: 'sharing:export.title' },
  'shared-folder': { name: 'sharing:title' },
  profiles: { name: 'profiles.manage' },
  'add-keys': { name: 'next.addKeys' },
  light: { name: 'commands.light' },
  dark: { name: 'commands.dark' },
  system: { name: 'commands.system' },
} as const satisfies Readonly<Record<string, Definition>>

export type CommandId = keyof typeof commands
type At<Place> = { [Id in CommandId]: (typeof commands)[Id] extends { readonly place: Place } ? Id : never }[CommandId]
export type TerminalCommand = At<'terminal'>
export type WorkspaceCommand = At<'workspace'>
export type AppCommand = Exclude<CommandId, TerminalCommand | WorkspaceCommand>

export const commandIds = Object.keys(commands) as readonly CommandId[]
export const definitionOf = (id: CommandId): Definition => commands[id]
export const isAppCommand = (id: CommandId): id is AppCommand => definitionOf(id).place === undefined
export const isTerminalCommand = (id: CommandId): id is TerminalCommand => definitionOf(id).place === 'terminal'

/** The namespaces that the names are in. */
export const NAMESPACES = [
  'shell',
  'shortcuts',
  'workspace',
  'snippets',
  'transfers',
  'many',
  'fleet',
  'tunnels',
  'launch',
  'audit',
  'network',
  'bookmarks',
  'sharing',
] as const
