import { expect, it } from 'vitest'
import { defaultSettings } from '../../../contract/models/settings.ts'
import { fontFamily, terminalTheme } from '../../../contract/models/terminal-look.ts'
import { toAppearance } from '../../../renderer/terminal/look/appearance.ts'
import { readSchemes } from '../../../renderer/terminal/look/import-scheme.ts'
import { ligaturesIn } from '../../../renderer/terminal/look/ligatures.ts'
import { publishedThemes } from '../../../renderer/terminal/look/themes.ts'

it('offers two dozen whole themes', () => {
  expect(publishedThemes.length).toBeGreaterThanOrEqual(24)
  expect(new Set(publishedThemes.map(({ id }) => id)).size).toBe(publishedThemes.length)
  expect(publishedThemes.filter((theme) => !terminalTheme.safeParse(theme).success)).toEqual([])
})

const component = (name: string, value: number) => `<key>${name} Component</key>\n\t\t<real>${value}</real>`
const colour = (key: string, [red, green, blue]: readonly [number, number, number]) =>
  `<key>${key}</key><dict>${component('Alpha', 1)}${component('Blue', blue)}<key>Color Space</key><string>sRGB</string>${component('Green', green)}${component('Red', red)}</dict>`
const iterm = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${[
  ...Array.from({ length: 16 }, (_, index) => colour(`Ansi ${index} Color`, [index / 15, 0, 1])),
  colour('Background Color', [0, 0, 0]),
  colour('Foreground Color', [1, 0.5, 2]),
].join('\n')}</dict></plist>`

const names = ['black', 'red', 'green', 'yellow', 'blue', 'purple', 'cyan', 'white']
const bright = names.map((name) => `bright${name[0]?.toUpperCase()}${name.slice(1)}`)
const windows = {
  name: 'Mine',
  background: '#012',
  foreground: '#EEEEEE',
  cursorColor: '#FF0000',
  ...Object.fromEntries([...names, ...bright].map((name, index) => [name, `#0000${index.toString(16).padStart(2, '0')}`])),
}

it('reads a scheme of iTerm2, and what it leaves out from what it says', () => {
  const [scheme, ...others] = readSchemes('Sunset.itermcolors', iterm)
  expect(others).toEqual([])
  expect(scheme).toMatchObject({ name: 'Sunset', background: '#000000', foreground: '#ff80ff', cursor: '#ff80ff', selection: '#8800ff' })
  expect(scheme?.palette[15]).toBe('#ff00ff')
})

it('reads one scheme of Windows Terminal, or all of its settings, comments and all', () => {
  const [one] = readSchemes('mine.json', JSON.stringify(windows))
  expect(one).toMatchObject({ name: 'Mine', background: '#001122', foreground: '#eeeeee', cursor: '#ff0000', selection: '#000008' })
  expect(one?.palette[5]).toBe('#000005')
  const settings = `{\n  // mine\n  "schemes": [${JSON.stringify(windows)}, {"name": "half", "background": "#000000"},]\n}`
  expect(readSchemes('settings.json', settings)).toEqual([one])
})

it.each(['', '{}', '[]', 'null', '<plist></plist>', '{"schemes": 3}', 'x'.repeat(2_000_000), iterm.replaceAll('<real>', '<real>x')])(
  'reads nothing from what is no scheme',
  (text) => expect(readSchemes('file.json', text)).toEqual([]),
)

it('looks as the settings say, but for what a bookmark says', () => {
  const usual = toAppearance(defaultSettings, 'dark')
  expect(toAppearance(defaultSettings, 'dark', { fontSize: 20, fontFamily: 'Fira Code', theme: 'nord', cursorStyle: 'bar' })).toEqual({
    ...usual,
    fontSize: 20,
    fontFamily: `'Fira Code', ${usual.fontFamily}`,
    cursorStyle: 'bar',
    theme: toAppearance({ ...defaultSettings, terminalTheme: 'nord' }, 'light').theme,
  })
  expect(toAppearance({ ...defaultSettings, terminalTheme: 'no longer there' }, 'light').theme).toEqual(
    toAppearance(defaultSettings, 'light').theme,
  )
})

it('takes no font that is more than a font', () => {
  expect(['Fira Code', "'JetBrains Mono', monospace", 'Iosevka Term'].every((font) => fontFamily.safeParse(font).success)).toBe(true)
  expect(['a; background: red', 'url(x)', 'a}b', 'a\nb'].some((font) => fontFamily.safeParse(font).success)).toBe(false)
})

it('joins what fonts draw as one sign', () => {
  const text = 'if (a !== b && c->d) x => y; // www'
  expect(ligaturesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['!==', '&&', '->', '=>', '//', 'www'])
})
