import { expect, test } from 'vitest'
import { PAUSE_AT_BYTES } from '../../../contract/byte-stream.ts'
import { createPagePace } from '../../../core/terminals/page-pace.ts'

const KIB = 1024

/** A page that parses so much a second, given messages of 16 KiB. */
function parse(bytesPerSecond: number, messages: number, at = { time: 0 }, pace = createPagePace(() => at.time)) {
  for (let message = 0; message < messages; message++) {
    pace.sent()
    at.time += ((16 * KIB) / bytesPerSecond) * 1000
    pace.parsed(16 * KIB, 0)
  }
  return { pace, at }
}

test.each([
  { bytesPerSecond: 100_000, ahead: 16 * KIB },
  { bytesPerSecond: 1_500_000, ahead: 48 * KIB },
  { bytesPerSecond: 3_000_000, ahead: 80 * KIB },
  { bytesPerSecond: 30_000_000, ahead: PAUSE_AT_BYTES },
])('a page that parses $bytesPerSecond bytes a second has $ahead ahead', ({ bytesPerSecond, ahead }) => {
  expect(parse(bytesPerSecond, 20).pace.aheadBytes).toBe(ahead)
})

test('has the whole window before anything is known, and again once it is faster', () => {
  expect(createPagePace().aheadBytes).toBe(PAUSE_AT_BYTES)
  const { pace, at } = parse(100_000, 20)
  expect(pace.aheadBytes).toBe(16 * KIB)
  parse(30_000_000, 40, at, pace)
  expect(pace.aheadBytes).toBe(PAUSE_AT_BYTES)
})

test('what a key echoes says nothing of it, nor does the time in which there is nothing to parse', () => {
  const at = { time: 0 }
  const pace = createPagePace(() => at.time)
  for (let key = 0; key < 100; key++) {
    pace.sent()
    at.time += 5
    pace.parsed(1, 0)
    at.time += 1_000
  }
  expect(pace.aheadBytes).toBe(PAUSE_AT_BYTES)
  parse(30_000_000, 1, at, pace)
  expect(pace.aheadBytes).toBe(PAUSE_AT_BYTES)
})
