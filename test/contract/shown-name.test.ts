import { expect, test } from 'vitest'
import { shownName } from '../../contract/shown-name.ts'

test.each([
  ['plain name.txt', 'plain name.txt'],
  ['ñandú 日本 🚲', 'ñandú 日本 🚲'],
  ['a\nb\x1b[31m\x7f', 'a\\x0ab\\x1b[31m\\x7f'],
  ['exe.\u202etxt', 'exe.\\u202etxt'],
  ['zero\u200bwidth\u2028', 'zero\\u200bwidth\\u2028'],
  ['\udcff\udc80', '\\xff\\x80'],
  ['\u{e0001}', '\\u{e0001}'],
  ['back\\slash', 'back\\slash'],
])('writes %j for a person as %j', (name, shown) => {
  expect(shownName(name)).toBe(shown)
})
