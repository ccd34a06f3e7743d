import type { ITerminalOptions } from '@xterm/xterm'
import type { Settings } from '../../contract/models/settings.ts'
import { terminalThemes } from './themes.ts'

export type Appearance = Pick<ITerminalOptions, 'fontFamily' | 'fontSize' | 'lineHeight' | 'scrollback' | 'screenReaderMode' | 'theme'>

const FONTS = "'JetBrains Mono', 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

export function toAppearance(settings: Settings, scheme: 'dark' | 'light'): Appearance {
  return {
    fontFamily: FONTS,
    fontSize: settings.fontSize,
    lineHeight: 1.15,
    scrollback: settings.scrollback,
    screenReaderMode: settings.screenReader,
    theme: terminalThemes[scheme],
  }
}
