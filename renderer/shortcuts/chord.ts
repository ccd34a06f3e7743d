type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/**
 * A key press as the settings keep it: `ctrl+alt+shift+meta+KeyL`. Letters by what they print, so that Dvorak's Ctrl+Shift+C is
 * where its C is; everything else by its place.
 */
export function chord({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Key): string {
  const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : undefined
  const plus = key === '+' && code.startsWith('Bracket') ? 'Equal' : undefined
  const name = letter ?? plus ?? code
  return [ctrlKey && 'ctrl', altKey && 'alt', shiftKey && 'shift', metaKey && 'meta', name].filter(Boolean).join('+')
}

/**
 * The shortcut that a key press is, or nothing where it cannot be one: without Ctrl, Alt or Cmd, or with Shift alone, it would be a letter
 * that nobody could type any more.
 */
export function toShortcut(event: Key): string | undefined {
  const { key, ctrlKey, altKey, metaKey } = event
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process'].includes(key)) return undefined
  const function_ = /^F([1-9]|1[0-9]|2[0-4])$/.test(key)
  return ctrlKey || altKey || metaKey || function_ ? chord(event) : undefined
}

/**
 * Keys that shells and their line editors live by: Ctrl or Alt with a letter (Ctrl+C ends, Ctrl+D closes, Alt+B goes back a word), with
 * what makes a control character, or with an arrow. They are never taken from a terminal.
 */
export function belongsToShell(keys: string): boolean {
  return SHELLS.test(keys)
}
const SHELLS =
  /^(ctrl\+(Key[A-Z]|Digit[2-8]|Space|Bracket(Left|Right)|Backslash|Slash|Arrow\w+|Backspace|Enter)|ctrl\+shift\+(Minus|Slash|Digit[26])|alt\+(shift\+)?(Key[A-Z]|Digit\d|Period|Comma|Slash|Backslash|Space|Arrow\w+|Backspace|Enter))$/

const NAMES: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  meta: 'Cmd',
  Equal: '=',
  Minus: '-',
  Comma: ',',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** For a person: `Ctrl+Alt+L`. */
export function shownKeys(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+')
}
