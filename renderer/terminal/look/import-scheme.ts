import { paletteNames, type TerminalTheme, terminalTheme } from '../../../contract/models/terminal-look.ts'

type Scheme = Omit<TerminalTheme, 'id'>

/** No scheme is larger; settings of Windows Terminal with a few dozen of them are not either. */
const LONGEST = 1_000_000

/** iTerm2's `.itermcolors` (a property list), a scheme of Windows Terminal, or its settings with several. Empty where it is none. Pure. */
export function readSchemes(fileName: string, text: string): readonly Scheme[] {
  if (text.length > LONGEST) return []
  const name = fileName.replace(/\.[^.]*$/, '')
  const found = text.trimStart().startsWith('<') ? [readIterm(name, text)] : readWindowsTerminal(name, text)
  return found.flatMap((scheme) => {
    const checked = terminalTheme.omit({ id: true }).safeParse(scheme)
    return checked.success ? [checked.data] : []
  })
}

type Unchecked = { readonly [Key in keyof Scheme]: unknown }

/** `<key>Ansi 0 Color</key><dict><key>Red Component</key><real>0.1</real>…`: parts from 0 to 1. */
function readIterm(name: string, text: string): Unchecked {
  const colours = new Map<string, string>()
  for (const [, key = '', inner = ''] of text.matchAll(/<key>([^<]{1,60})<\/key>\s*<dict>([\s\S]*?)<\/dict>/g)) {
    const parts = ['Red', 'Green', 'Blue'].map((part) => {
      const value = new RegExp(`<key>${part} Component</key>\\s*<(?:real|integer)>([^<]{1,40})<`).exec(inner)?.[1]
      return Math.round(Math.min(1, Math.max(0, Number(value))) * 255)
    })
    if (!parts.some(Number.isNaN)) colours.set(key, `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)
  }
  const foreground = colours.get('Foreground Color')
  return {
    name,
    background: colours.get('Background Color'),
    foreground,
    cursor: colours.get('Cursor Color') ?? foreground,
    selection: colours.get('Selection Color') ?? colours.get('Ansi 8 Color'),
    palette: paletteNames.map((_, index) => colours.get(`Ansi ${index} Color`)),
  }
}

/** It says purple for magenta. */
function readWindowsTerminal(fileName: string, text: string): readonly Unchecked[] {
  const read = parseJson(text)
  const listed = isRecord(read) && Array.isArray(read.schemes) ? read.schemes : Array.isArray(read) ? read : [read]
  return listed.filter(isRecord).map((scheme) => {
    const colour = (key: string) => toHex(scheme[key])
    const foreground = colour('foreground')
    return {
      name: typeof scheme.name === 'string' && scheme.name.trim() !== '' ? scheme.name.slice(0, 80) : fileName,
      background: colour('background'),
      foreground,
      cursor: colour('cursorColor') ?? foreground,
      selection: colour('selectionBackground') ?? colour('brightBlack'),
      palette: paletteNames.map((name) => colour(name.replace('magenta', 'purple').replace('Magenta', 'Purple'))),
    }
  })
}

function toHex(value: unknown): string | undefined {
  const hex = typeof value === 'string' ? /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value)?.[1] : undefined
  if (hex === undefined) return undefined
  return `#${(hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex).toLowerCase()}`
}

/** Its settings may have comments on lines of their own, and commas before a closing bracket. */
function parseJson(text: string): unknown {
  for (const attempt of [text, text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1')]) {
    try {
      return JSON.parse(attempt)
    } catch {
      // Not so; the caller finds no scheme in nothing.
    }
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
