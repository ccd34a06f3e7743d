export type TerminalCommand =
  | 'copy'
  | 'paste'
  | 'search'
  | 'files'
  | 'larger'
  | 'smaller'
  | 'usual-size'
  | 'next-tab'
  | 'previous-tab'
  | 'close-tab'
  | 'move-tab-left'
  | 'move-tab-right'
  | 'reopen-tab'
  | 'split-right'
  | 'split-down'
  | 'previous-prompt'
  | 'next-prompt'
  | 'select-output'
  | 'history'
  | 'snippets'
  | 'palette'

/** Whether keys, written as `chord` does, are the app's already, on any platform. */
export function isTaken(keyed: string): boolean {
  return [keys, otherKeys, macKeys].some((commands) => commands.has(keyed))
}

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/**
 * The keys that are the app's and never reach the shell: those of the platform's terminals, of MobaXterm and of Windows
 * Terminal. Everything else, Ctrl+C and Ctrl+K included, is the shell's.
 */
export function terminalCommand(key: Key, mac: boolean): TerminalCommand | undefined {
  return keys.get(chord(key)) ?? (mac ? macKeys : otherKeys).get(chord(key))
}

const keys = new Map<string, TerminalCommand>([
  ['ctrl+Insert', 'copy'],
  ['shift+Insert', 'paste'],
  ['ctrl+Tab', 'next-tab'],
  ['ctrl+PageDown', 'next-tab'],
  ['ctrl+shift+Tab', 'previous-tab'],
  ['ctrl+PageUp', 'previous-tab'],
  ['ctrl+shift+PageUp', 'move-tab-left'],
  ['ctrl+shift+PageDown', 'move-tab-right'],
  ['alt+shift+Equal', 'split-right'],
  ['alt+shift+Minus', 'split-down'],
])
const otherKeys = new Map<string, TerminalCommand>([
  ['ctrl+shift+KeyC', 'copy'],
  ['ctrl+shift+KeyV', 'paste'],
  ['ctrl+shift+KeyF', 'search'],
  ['ctrl+shift+KeyE', 'files'],
  ['ctrl+shift+KeyW', 'close-tab'],
  ['ctrl+shift+ArrowUp', 'previous-prompt'],
  ['ctrl+shift+ArrowDown', 'next-prompt'],
  ['ctrl+shift+KeyO', 'select-output'],
  ['ctrl+shift+KeyH', 'history'],
  ['ctrl+shift+KeyS', 'snippets'],
  ['ctrl+shift+KeyT', 'reopen-tab'],
  ['ctrl+shift+KeyP', 'palette'],
  ['ctrl+Equal', 'larger'],
  ['ctrl+shift+Equal', 'larger'],
  ['ctrl+NumpadAdd', 'larger'],
  ['ctrl+Minus', 'smaller'],
  ['ctrl+NumpadSubtract', 'smaller'],
  ['ctrl+Digit0', 'usual-size'],
  ['ctrl+Numpad0', 'usual-size'],
])
const macKeys = new Map<string, TerminalCommand>([
  ['meta+KeyC', 'copy'],
  ['meta+KeyV', 'paste'],
  ['meta+KeyF', 'search'],
  ['meta+shift+KeyE', 'files'],
  ['meta+KeyW', 'close-tab'],
  ['meta+shift+ArrowUp', 'previous-prompt'],
  ['meta+shift+ArrowDown', 'next-prompt'],
  ['meta+shift+KeyO', 'select-output'],
  ['meta+shift+KeyH', 'history'],
  ['meta+shift+KeyS', 'snippets'],
  ['meta+shift+KeyT', 'reopen-tab'],
  ['meta+shift+KeyP', 'palette'],
  ['meta+KeyK', 'palette'],
  ['meta+Equal', 'larger'],
  ['meta+shift+Equal', 'larger'],
  ['meta+Minus', 'smaller'],
  ['meta+Digit0', 'usual-size'],
])

/** Letters by what they print, so that Dvorak's Ctrl+Shift+C is where its C is; everything else by its place. */
export function chord({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Key): string {
  const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : undefined
  const plus = key === '+' && code.startsWith('Bracket') ? 'Equal' : undefined
  const name = letter ?? plus ?? code
  return [ctrlKey && 'ctrl', altKey && 'alt', shiftKey && 'shift', metaKey && 'meta', name].filter(Boolean).join('+')
}
