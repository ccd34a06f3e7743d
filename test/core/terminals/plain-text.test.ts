import { expect, it } from 'vitest'
import { createPlainText } from '../../../core/terminals/plain-text.ts'

function plain(text: string, pieces = 1): string {
  const bytes = Buffer.from(text)
  const reader = createPlainText()
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  let read = ''
  for (let at = 0; at < bytes.length; at += size) read += reader.push(bytes.subarray(at, at + size))
  return Buffer.from(read + reader.end(), 'latin1').toString()
}

it.each([
  ['colours and their like', '\x1b[1;31mred\x1b[0m \x1b(Bplain\x1b=\n', 'red plain\n'],
  ['titles, links and pictures', '\x1b]0;title\x07a\x1b]8;;https://x\x1b\\b\x1b]8;;\x1b\\\x1bPq#0;2;0;0;0\x1b\\c\n', 'abc\n'],
  ['8-bit controls', 'a\x9b31mb\x9dtitle\x9cc\n'.replace('\x9c', '\x1b\\'), 'abc\n'],
  ['a progress that writes over itself', '10%\r20%\r100%\r\ndone\r\n', '100%\ndone\n'],
  ['what was typed and taken back', 'lss\b \b -la\r\nañ\b\bx\n', 'ls -la\nx\n'],
  ['bells and other controls', 'a\x07\x00\x0e\x0f\tb\n', 'a\tb\n'],
  ['nothing of other languages', 'ñandú 日本 🚀\n', 'ñandú 日本 🚀\n'],
  ['a line without an end', 'prompt$ ', 'prompt$ \n'],
])('takes out %s, however it is cut', (_what, text, wanted) => {
  expect([1, 2, 3, 1000].map((pieces) => plain(text, pieces))).toEqual([wanted, wanted, wanted, wanted])
})

it('holds no line without an end in memory', () => {
  const reader = createPlainText()
  expect(reader.push(Buffer.alloc(200_000, 'x')).length).toBeGreaterThan(130_000)
})
