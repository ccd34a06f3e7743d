import { expect, test } from 'vitest'
import { createReplay } from '../../../core/terminals/replay.ts'

test('gives back what was printed, byte for byte', () => {
  const replay = createReplay(100_000)
  for (const part of ['hello ', '', 'wörld', '\r\n']) replay.push(Buffer.from(part))
  expect(Buffer.from(replay.copy()).toString()).toBe('hello wörld\r\n')
  expect(Buffer.from(replay.copy()).toString()).toBe('hello wörld\r\n')
})

test('keeps the end, from the beginning of a line', () => {
  const replay = createReplay(64 * 1024)
  for (let line = 0; line < 20_000; line++) replay.push(Buffer.from(`line ${line}\n`))
  const lines = Buffer.from(replay.copy()).toString().split('\n')
  expect(lines[0]).toMatch(/^line \d+$/)
  expect(lines.at(-2)).toBe('line 19999')
  expect(replay.copy().byteLength).toBeGreaterThanOrEqual(64 * 1024 - 20)
  expect(replay.copy().byteLength).toBeLessThan(100 * 1024)
})

test('one chunk larger than the limit leaves its end', () => {
  const replay = createReplay(32 * 1024)
  replay.push(Buffer.concat([Buffer.alloc(1_000_000, 'x'), Buffer.from('\nlast line')]))
  expect(Buffer.from(replay.copy()).toString()).toBe('last line')
})
