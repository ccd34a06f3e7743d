import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { KEEP_ALIVE } from '../../../core/ssh/connection.ts'
import { createRetries } from '../../../core/terminals/retries.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Seconds between the tries, until it is given up. */
function schedule(): number[] {
  const retries = createRetries()
  const waits: number[] = []
  for (;;) {
    const from = Date.now()
    const at = retries.schedule(() => undefined)
    if (!at) return waits
    waits.push((Date.parse(at) - from) / 1000)
    vi.runAllTimers()
  }
}

test('the tries come soon at first, then every half minute, for about ten minutes', () => {
  const waits = schedule()
  expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 15, 15, 30, 30])
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(9 * 60)
})

test('when the network is back what waits is tried at once, once, and the next waits are short again', () => {
  const retries = createRetries()
  for (let lost = 0; lost < 6; lost++) {
    retries.schedule(() => undefined)
    vi.runAllTimers()
  }
  const retry = vi.fn()
  retries.schedule(retry)
  retries.hasten()
  retries.hasten()
  vi.runAllTimers()
  expect(retry).toHaveBeenCalledTimes(1)
  expect(retries.running).toBe(true)
  expect(Date.parse(retries.schedule(retry) ?? '') - Date.now()).toBe(2_000)
})

test('where nothing is waited for nothing is tried', () => {
  const retries = createRetries()
  retries.hasten()
  expect(retries.running).toBe(false)
})

test('a dead link is seen within a minute', () => {
  expect(KEEP_ALIVE).toEqual({ intervalMs: 15_000, misses: 3 })
})
