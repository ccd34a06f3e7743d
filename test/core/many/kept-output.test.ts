import { expect, test } from 'vitest'
import { createKeptOutput } from '../../../core/many/kept-output.ts'

test('all of it while it has room, then its beginning and its end', () => {
  const kept = createKeptOutput(8_000)
  kept.push('first\n', 6)
  expect(kept.read()).toEqual({ text: 'first\n', left: 0 })
  for (let line = 0; line < 2_000; line++) kept.push(`line ${line}\n`, 10)
  kept.push('last\n', 5)
  const { text, left } = kept.read()
  expect(text.startsWith('first\nline 0\n')).toBe(true)
  expect(text.endsWith('line 1999\nlast\n')).toBe(true)
  expect(text).toContain('\n…\n')
  expect(text.length).toBeLessThan(8_100)
  expect(left).toBe('first\n'.length + [...Array(2_000).keys()].join('').length + 6 * 2_000 + 'last\n'.length - (text.length - 3))
})

test('its last line is one that says something, short and plain', () => {
  const kept = createKeptOutput(8_000)
  kept.push(`one\n\x1b[31mtwo\t\x1b[0m${'x'.repeat(400)}\n\n  \n`, 10)
  expect(kept.last()).toBe(`two ${'x'.repeat(196)}`)
})

test('blanks at the end make no difference, anything else does', () => {
  const digest = (text: string) => {
    const kept = createKeptOutput(8_000)
    kept.push(text, text.length)
    return kept.digest()
  }
  expect(digest('same\n')).toBe(digest('same'))
  expect(digest('same')).not.toBe(digest('Same'))
})
