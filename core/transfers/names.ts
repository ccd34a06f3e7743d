import { shownName as shownWhole } from '../../contract/shown-name.ts'
import { bytesOf } from '../files/names.ts'

/** Where a file will be named: what is a fine name on one system opens a device on another. */
export type NameRules =
  /** Linux: any bytes. */
  | 'bytes'
  /** macOS: any text, but nothing that is not UTF-8. */
  | 'unicode'
  | 'windows'

export type LocalName =
  /** `changed`: other than the server's, because this system could not hold that. */
  | { readonly kind: 'safe'; readonly name: string; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly problem: 'leads-out' | 'too-long' }

/** What file systems hold, in bytes of UTF-8. Room is kept for the ending of an unfinished file. */
const MOST_BYTES = 255 - '.part-99'.length
const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[. ])/i
/** What Windows and SMB do not hold; `:` would open a stream of another file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const WINDOWS_FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f]/g
const WINDOWS_END = /[. ]$/

/**
 * One entry's name, as a server gives it, as the name of one file in one folder of this computer. Whatever could name
 * anything but that (a path, a parent, nothing at all) is refused, and never bent into something else.
 */
export function localName(name: string, rules: NameRules): LocalName {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) return refused('leads-out')
  if (rules === 'windows' && name.includes('\\')) return refused('leads-out')
  const safe = rules === 'windows' ? forWindows(name) : rules === 'unicode' ? asText(name) : name
  if (bytesOf(safe).length > MOST_BYTES) return refused('too-long')
  return { kind: 'safe', name: safe, changed: safe !== name }
}

function refused(problem: 'leads-out' | 'too-long'): LocalName {
  return { kind: 'refused', problem }
}

/** Percent signs as in addresses: they can be read, and no two names become one (a percent sign itself is written so, too). */
function forWindows(name: string): string {
  const plain = name.isWellFormed() && !WINDOWS_DEVICE.test(name) && !WINDOWS_END.test(name) && name.search(WINDOWS_FORBIDDEN) < 0
  if (plain) return name
  return name
    .replaceAll('%', '%25')
    .replace(NOT_UTF8, percent)
    .replace(WINDOWS_FORBIDDEN, percent)
    .replace(WINDOWS_END, percent)
    .replace(WINDOWS_DEVICE, (device) => percent(device.slice(0, 1)) + device.slice(1))
}

/** Bytes that are not UTF-8 stay readable, where a file system takes text only. */
export function asText(name: string): string {
  return name.isWellFormed() ? name : name.replaceAll('%', '%25').replace(NOT_UTF8, percent)
}
const NOT_UTF8 = /\p{Surrogate}/gu

function percent(character: string): string {
  return `%${(character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Under one key, two names are one file wherever case or accents do not count (macOS, Windows). */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC')
}

/** The names of one folder so far; a name that is, or folds onto, one of them is not given out again. */
export function createFolderNames(folds: boolean): { claim(name: string): boolean } {
  const taken = new Set<string>()
  return {
    claim(name) {
      const key = folds ? foldedName(name) : name
      if (taken.has(key)) return false
      taken.add(key)
      return true
    },
  }
}

/** `notes.txt` as `notes (2).txt`, at `number` 2. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`
}

/** As people may see it. */
export function shownName(name: string): string {
  const shown = shownWhole(name.slice(0, MOST_SHOWN + 1))
  return name.length > MOST_SHOWN || shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown
}
const MOST_SHOWN = 200
