import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPace } from '../../../renderer/terminal/pace.ts'

/** A browser's frames, each of which takes `frameMs`. */
function frames(frameMs: number) {
  let time = 0
  let asked: FrameRequestCallback | undefined
  return {
    requestAnimationFrame(draw: FrameRequestCallback) {
      asked = draw
      return 7
    },
    cancelAnimationFrame: vi.fn(() => {
      asked = undefined
    }),
    now: () => time,
    wait(ms: number) {
      time += ms
      vi.advanceTimersByTime(ms)
    },
    asked: () => asked !== undefined,
    /** Draws, and comes back when the frame has been painted. */
    async run() {
      const draw = asked
      asked = undefined
      draw?.(time)
      time += frameMs
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('a terminal that draws', () => {
  test('draws at the next frame, and after a quick one at the next again', async () => {
    const browser = frames(0)
    const pace = createPace(browser, browser.now)
    const draw = vi.fn()
    for (let times = 1; times <= 3; times++) {
      pace.requestAnimationFrame(draw)
      expect(browser.asked()).toBe(true)
      await browser.run()
      expect(draw).toHaveBeenCalledTimes(times)
    }
  })

  test.each([
    { frameMs: 10, restMs: 30 },
    { frameMs: 20, restMs: 60 },
    { frameMs: 500, restMs: 100 },
  ])('rests for $restMs ms after one of $frameMs ms', async ({ frameMs, restMs }) => {
    const browser = frames(frameMs)
    const pace = createPace(browser, browser.now)
    pace.requestAnimationFrame(() => {})
    await browser.run()
    pace.requestAnimationFrame(() => {})
    browser.wait(restMs - 1)
    expect(browser.asked()).toBe(false)
    browser.wait(1)
    expect(browser.asked()).toBe(true)
  })

  test('does not rest for one who types', async () => {
    const browser = frames(20)
    const pace = createPace(browser, browser.now)
    pace.requestAnimationFrame(() => {})
    await browser.run()
    pace.requestAnimationFrame(() => {})
    expect(browser.asked()).toBe(false)
    pace.wake()
    expect(browser.asked()).toBe(true)
    await browser.run()
    pace.requestAnimationFrame(() => {})
    expect(browser.asked()).toBe(true)
  })

  test('draws no more once it is cancelled, in a rest or not', async () => {
    const browser = frames(20)
    const pace = createPace(browser, browser.now)
    pace.requestAnimationFrame(() => {})
    pace.cancelAnimationFrame(1)
    expect(browser.cancelAnimationFrame).toHaveBeenCalledWith(7)
    pace.requestAnimationFrame(() => {})
    await browser.run()
    pace.requestAnimationFrame(() => {})
    pace.cancelAnimationFrame(1)
    browser.wait(1_000)
    expect(browser.asked()).toBe(false)
  })
})
