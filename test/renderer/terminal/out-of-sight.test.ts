import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutOfSight } from '../../../renderer/terminal/out-of-sight.ts'

const KIB = 1024

/** Terminals whose parser is done when the test says so. */
function terminals(options: { pageIsHidden?: () => boolean } = {}) {
  let time = 0
  const parsing: { name: string; bytes: number; parsed: () => void }[] = []
  const outOfSight = createOutOfSight({ now: () => time, pageIsHidden: () => false, ...options })
  return {
    lane: (name: string) => outOfSight.lane((bytes, parsed) => void parsing.push({ name, bytes: bytes.byteLength, parsed })),
    /** What the parsers have and are not done with. */
    given: () => parsing.map(({ name, bytes }) => `${name} ${bytes / KIB}`),
    parse(ms: number) {
      time += ms
      for (const { parsed } of parsing.splice(0)) parsed()
    },
    rest(ms: number) {
      time += ms
      vi.advanceTimersByTime(ms)
    },
  }
}
const print = (kib: number) => new Uint8Array(kib * KIB)

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test('of terminals out of sight one parses at a time, a piece each in turn, and the page rests as long between', () => {
  const { lane, given, parse, rest } = terminals()
  const acknowledged = vi.fn()
  const [one, other] = [lane('one'), lane('other')]
  one.write(print(40), acknowledged)
  other.write(print(8), () => {})
  expect(given()).toEqual(['one 16'])
  parse(5)
  rest(4)
  expect(given()).toEqual([])
  rest(1)
  expect(given()).toEqual(['other 8'])
  parse(5)
  rest(5)
  expect(given()).toEqual(['one 16'])
  parse(5)
  rest(5)
  expect(acknowledged).not.toHaveBeenCalled()
  expect(given()).toEqual(['one 8'])
  parse(5)
  expect(acknowledged).toHaveBeenCalledOnce()
})

test('one that comes into sight parses all that waited, and then what comes as it comes', () => {
  const { lane, given, parse } = terminals()
  const [busy, looked] = [lane('busy'), lane('looked at')]
  busy.write(print(64), () => {})
  looked.write(print(20), () => {})
  expect(given()).toEqual(['busy 16'])
  looked.setInSight(true)
  looked.write(print(100), () => {})
  expect(given()).toEqual(['busy 16', 'looked at 16', 'looked at 4', 'looked at 100'])
  parse(1)
  looked.setInSight(false)
  looked.write(print(1), () => {})
  expect(given()).toEqual([])
})

test('one that is closed while it parses does not keep the others waiting', () => {
  const { lane, given } = terminals()
  const [closed, other] = [lane('closed'), lane('other')]
  closed.write(print(16), () => {})
  other.write(print(16), () => {})
  closed.close()
  expect(given()).toEqual(['closed 16', 'other 16'])
})

test('a page that nobody sees, whose timers are slow, parses at once', () => {
  let hidden = false
  const { lane, given, parse, rest } = terminals({ pageIsHidden: () => hidden })
  const [one, other] = [lane('one'), lane('other')]
  one.write(print(48), () => {})
  hidden = true
  other.write(print(48), () => {})
  expect(given()).toEqual(['one 16', 'other 16', 'other 16', 'other 16'])
  parse(1)
  rest(1)
  expect(given()).toEqual(['one 16', 'one 16'])
})
