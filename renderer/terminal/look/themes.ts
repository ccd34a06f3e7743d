import type { ITheme } from '@xterm/xterm'
import published from '../../../assets/terminal-themes.json'
import { paletteNames, type TerminalTheme } from '../../../contract/models/terminal-look.ts'
import { ownThemes } from './own-themes.ts'

/** Ours, which is dark or light as the app is. */
export const OWN_THEME = 'mooring'

/** Published ones, whose authors and licences stand beside their colours. */
export const publishedThemes: readonly TerminalTheme[] = published.map(({ id, name, colours }) => {
  const [background = '', foreground = '', cursor = '', selection = '', ...palette] = colours.split(' ').map((hex) => `#${hex}`)
  return { id, name, background, foreground, cursor, selection, palette }
})

/** One that is not there any more is ours. */
export function themeOf(id: string, imported: readonly TerminalTheme[], scheme: 'dark' | 'light'): ITheme {
  const theme = [...publishedThemes, ...imported].find((candidate) => candidate.id === id)
  return theme ? toXterm(theme) : ownThemes[scheme]
}

function toXterm({ background, foreground, cursor, selection, palette }: TerminalTheme): ITheme {
  return {
    background,
    foreground,
    cursor,
    cursorAccent: background,
    selectionBackground: selection,
    selectionInactiveBackground: selection,
    scrollbarSliderBackground: `${foreground}33`,
    scrollbarSliderHoverBackground: `${foreground}66`,
    scrollbarSliderActiveBackground: `${foreground}88`,
    ...Object.fromEntries(paletteNames.map((name, index) => [name, palette[index]])),
  }
}

/** Whether what is drawn on it should be light: by the luminance of Rec. 709. */
export function isDark(background: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}
