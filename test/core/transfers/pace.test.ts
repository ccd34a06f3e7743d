import { expect, test, vi } from 'vitest'
import { createPace } from '../../../core/transfers/pace.ts'

const signal = new AbortController().signal

test('without a limit nothing waits', async () => {
  const pace = createPace(() => 0)
  await Promise.all(Array.from({ length: 1_000 }, () => pace(1e9, signal)))
})

test('what is let through is as much as the rate allows, in the order in which it came, and a changed rate is heeded', async () => {
  vi.useFakeTimers()
  try {
    let rate = 1_000
    const pace = createPace(() => rate)
    const through: number[] = []
    for (let piece = 0; piece < 10; piece++) void pace(500, signal).then(() => through.push(piece))
    await vi.advanceTimersByTimeAsync(0)
    expect(through).toEqual([0])
    await vi.advanceTimersByTimeAsync(1_600)
    expect(through).toEqual([0, 1, 2, 3])
    rate = 0
    await vi.advanceTimersByTimeAsync(500)
    expect(through).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  } finally {
    vi.useRealTimers()
  }
})

test('who is cancelled does not wait, and takes nobody else’s turn', async () => {
  const pace = createPace(() => 1)
  await pace(1_000_000, signal)
  const cancel = new AbortController()
  const waits = pace(1, cancel.signal)
  cancel.abort()
  await expect(waits).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
  await expect(pace(1, cancel.signal)).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
})
