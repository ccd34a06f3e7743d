import { Text } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { createLogLines, MOST_LINES, surplus } from '../../../renderer/editor/log-lines.ts'

const shown = (...parts: string[]) => {
  const lines = createLogLines()
  return parts.map((part) => lines.push(part)).join('')
}

describe('what a log has', () => {
  test.each([
    ['colours', '\x1b[1;31mERROR\x1b[0m disk full\n', 'ERROR disk full\n'],
    ['a title and a link', '\x1b]0;owned\x07one\x1b]8;;http://x\x1b\\two\n', 'onetwo\n'],
    ['an order that never ends', 'a\x1b]52;c;cm0gLXJm\nb\n', 'a\nb\n'],
    ['line ends of Windows, and a line that is written over', 'one\r\n10%\r20%\r\n', 'one\n10%\n20%\n'],
    ['keypad, charset and cursor', '\x1b=\x1b(Bx\x1b7y\n', 'xy\n'],
  ])('%s becomes plain text', (_what, text, plain) => {
    expect(shown(text)).toBe(plain)
  })

  test('is the same however it was cut up on its way', () => {
    const text = 'a\x1b[38;5;120mb\x1b]0;title\x1b\\c\r\nd\x1b[0m\n'
    for (let cut = 1; cut < text.length; cut += 1) expect(shown(text.slice(0, cut), text.slice(cut))).toBe('abc\nd\n')
  })

  test('has no line that is too long to be drawn, whether it comes at once or bit by bit', () => {
    const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))
    const long = 'x'.repeat(50_000)
    expect(longest(shown(long))).toBe(4_000)
    expect(longest(shown(...Array.from({ length: 100 }, () => 'y'.repeat(500))))).toBe(4_000)
    expect(shown(long).replaceAll('\n', '')).toBe(long)
  })
})

test('a note of ours stands in a line of its own', () => {
  const lines = createLogLines()
  expect([lines.push('half a line'), lines.note('— emptied —'), lines.note('— again —'), lines.push('next')]).toEqual([
    'half a line',
    '\n— emptied —\n',
    '— again —\n',
    'next',
  ])
})

test('the oldest lines go when there are too many', () => {
  const doc = Text.of(Array.from({ length: MOST_LINES + 5 }, (_, index) => String(index)))
  expect(doc.sliceString(surplus(doc), surplus(doc) + 2)).toBe('5\n')
  expect(surplus(Text.of(['a', 'b']))).toBe(0)
})
