import type { Snippet } from '../../contract/models/snippet.ts'
import { useLive } from '../api/live.ts'
import { chord } from '../terminal/commands.ts'

/**
 * The shortcut that a key press is, or nothing where it cannot be one: without Ctrl, Alt or Cmd, or with Shift alone, it would be a letter
 * that nobody could type any more.
 */
export function toShortcut(event: KeyboardEvent): string | undefined {
  const { key, ctrlKey, altKey, metaKey } = event
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process'].includes(key)) return undefined
  const function_ = /^F([1-9]|1[0-9]|2[0-4])$/.test(key)
  return ctrlKey || altKey || metaKey || function_ ? chord(event) : undefined
}

const NAMES: Readonly<Record<string, string>> = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Cmd' }

/** For a person: `Ctrl+Alt+L`. */
export function shownKeys(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+')
}

export function snippetFor(event: KeyboardEvent): Snippet | undefined {
  const { snippets } = useLive.getState()
  if (!snippets.some(({ shortcut }) => shortcut !== undefined)) return undefined
  const pressed = toShortcut(event)
  return pressed === undefined ? undefined : snippets.find(({ shortcut }) => shortcut === pressed)
}
