import type { ITerminalOptions } from '@xterm/xterm'
import type { HighlightRule } from '../../../contract/models/highlight.ts'
import type { Settings } from '../../../contract/models/settings.ts'
import type { BookmarkLook } from '../../../contract/models/terminal-look.ts'
import { themeOf } from './themes.ts'

export type Appearance = Pick<
  ITerminalOptions,
  'fontFamily' | 'fontSize' | 'lineHeight' | 'cursorStyle' | 'cursorBlink' | 'scrollback' | 'screenReaderMode' | 'theme'
> & { readonly ligatures: boolean; readonly highlights: readonly HighlightRule[] }

const FONTS = "'JetBrains Mono', 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

/** As the settings say, but for what the host's bookmark says otherwise. Pure. */
export function toAppearance(settings: Settings, scheme: 'dark' | 'light', own: BookmarkLook = {}): Appearance {
  const font = own.fontFamily || settings.fontFamily
  return {
    // What this computer does not have is the next one's to draw.
    fontFamily: font ? `${font.includes(',') || /['"]/.test(font) ? font : `'${font}'`}, ${FONTS}` : FONTS,
    fontSize: own.fontSize ?? settings.fontSize,
    lineHeight: settings.lineHeight,
    cursorStyle: own.cursorStyle ?? settings.cursorStyle,
    cursorBlink: settings.cursorBlink,
    ligatures: settings.ligatures,
    highlights: settings.highlights,
    scrollback: settings.scrollback,
    screenReaderMode: settings.screenReader,
    theme: themeOf(own.theme ?? settings.terminalTheme, settings.terminalThemes, scheme),
  }
}
