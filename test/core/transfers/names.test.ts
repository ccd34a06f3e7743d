import { expect, test } from 'vitest'
import { createFolderNames, localName, type NameRules, numberedName, shownName } from '../../../core/transfers/names.ts'

const out = (problem: string) => `refused: ${problem}`
const outcome = (name: string, rules: NameRules) => {
  const local = localName(name, rules)
  return local.kind === 'safe' ? local.name : out(local.problem)
}

test.each([
  // name, on Linux, on Windows
  ['notes.txt', 'notes.txt', 'notes.txt'],
  ['ñandú 漢字 🚢', 'ñandú 漢字 🚢', 'ñandú 漢字 🚢'],
  ['100%', '100%', '100%'],
  ['..x', '..x', '..x'],
  ['...', '...', '..%2E'],
  ['x..', 'x..', 'x.%2E'],
  [' ', ' ', '%20'],
  ['', out('leads-out'), out('leads-out')],
  ['.', out('leads-out'), out('leads-out')],
  ['..', out('leads-out'), out('leads-out')],
  ['../x', out('leads-out'), out('leads-out')],
  ['x/..', out('leads-out'), out('leads-out')],
  ['/etc/x', out('leads-out'), out('leads-out')],
  ['/', out('leads-out'), out('leads-out')],
  ['a/b', out('leads-out'), out('leads-out')],
  ['x\0', out('leads-out'), out('leads-out')],
  ['x\0.txt', out('leads-out'), out('leads-out')],
  ['a\\..\\b', 'a\\..\\b', out('leads-out')],
  ['..\\x', '..\\x', out('leads-out')],
  ['\\\\server\\share', '\\\\server\\share', out('leads-out')],
  ['C:', 'C:', 'C%3A'],
  ['file:stream', 'file:stream', 'file%3Astream'],
  ['con', 'con', '%63on'],
  ['CON', 'CON', '%43ON'],
  ['nul.txt', 'nul.txt', '%6Eul.txt'],
  ['aux .c', 'aux .c', '%61ux .c'],
  ['COM1', 'COM1', '%43OM1'],
  ['lpt9.log', 'lpt9.log', '%6Cpt9.log'],
  ['COM¹', 'COM¹', '%43OM¹'],
  ['CONIN$', 'CONIN$', '%43ONIN$'],
  ['console', 'console', 'console'],
  ['com10', 'com10', 'com10'],
  ['what?*', 'what?*', 'what%3F%2A'],
  ['a<b>c|d"e', 'a<b>c|d"e', 'a%3Cb%3Ec%7Cd%22e'],
  ['50%?', '50%?', '50%25%3F'],
  ['tab\there', 'tab\there', 'tab%09here'],
  ['\x7f', '\x7f', '\x7f'],
  ['-rf', '-rf', '-rf'],
  ['$(reboot)', '$(reboot)', '$(reboot)'],
  ['x'.repeat(240), 'x'.repeat(240), 'x'.repeat(240)],
  ['x'.repeat(256), out('too-long'), out('too-long')],
  ['x'.repeat(10_000), out('too-long'), out('too-long')],
  ['漢'.repeat(90), out('too-long'), out('too-long')],
  ['?'.repeat(100), '?'.repeat(100), out('too-long')],
])('the name %j', (name, linux, windows) => {
  expect([outcome(name, 'bytes'), outcome(name, 'windows')]).toEqual([linux, windows])
})

test.each([
  // Bytes that are not UTF-8, on Linux, on macOS, on Windows
  ['caf\udce9', 'caf\udce9', 'caf%E9', 'caf%E9'],
  ['50%\udcff', '50%\udcff', '50%25%FF', '50%25%FF'],
  ['\udc80'.repeat(240), '\udc80'.repeat(240), out('too-long'), out('too-long')],
])('the name %j', (name, linux, macos, windows) => {
  expect([outcome(name, 'bytes'), outcome(name, 'unicode'), outcome(name, 'windows')]).toEqual([linux, macos, windows])
})

test('no name that Windows gets is a device, ends in what it drops, or holds what it forbids', () => {
  const names = ['con', 'Prn.', 'AUX.tar.gz', 'nul ', 'x. . .', 'com²', 'a:b', 'con:', '\x01\x1f', 'LPT1 .x', '?', '*.*']
  for (const name of names) {
    const local = localName(name, 'windows')
    expect(local).toMatchObject({ kind: 'safe', changed: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(local.kind === 'safe' && local.name).not.toMatch(/^(con|prn|aux|nul|com.|lpt.)(\.| |$)|[. ]$|[<>:"/\\|?*\u0000-\u001f]/i)
  }
})

test.each([
  ['README', 'readme', true],
  ['É', 'E\u0301', true],
  ['ß', 'ß', true],
  ['a', 'b', false],
  ['x ', 'x', false],
])('%j and %j are one file where case and accents fold: %j', (one, other, same) => {
  const folding = createFolderNames(true)
  folding.claim(one)
  expect(folding.claim(other)).toBe(!same)
  const exact = createFolderNames(false)
  exact.claim(one)
  expect(exact.claim(other)).toBe(one !== other)
})

test.each([
  ['notes.txt', 'notes (2).txt'],
  ['archive.tar.gz', 'archive.tar (2).gz'],
  ['README', 'README (2)'],
  ['.bashrc', '.bashrc (2)'],
])('%s beside itself is %s', (name, numbered) => {
  expect(numberedName(name, 2)).toBe(numbered)
})

test.each([
  ['plain', 'plain'],
  ['a\nb', 'a\\x0ab'],
  ['\x1b[31mred', '\\x1b[31mred'],
  ['invoice\u202Efdp.exe', 'invoice\\u202efdp.exe'],
  ['zero\u200bwidth', 'zero\\u200bwidth'],
  ['line\u2028end', 'line\\u2028end'],
  ['caf\udce9', 'caf\\xe9'],
  ['x'.repeat(300), `${'x'.repeat(200)}…`],
])('%j is shown as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown)
})
