import { expect, it } from 'vitest'
import { ownThemes } from '../../../renderer/terminal/look/own-themes.ts'

/** WCAG 2.2, contrast ratio of two `#rrggbb` colours. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const named = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const
const bright = ['brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan'] as const

it.each(['dark', 'light'] as const)('every colour can be read on the %s background', (scheme) => {
  const theme = ownThemes[scheme]
  const readable = ['foreground', ...named, ...bright] as const
  const tooFaint = readable.filter((name) => contrast(theme[name] ?? '', theme.background ?? '') < 4.5)
  expect(tooFaint).toEqual([])
})
