import { expect, test } from 'vitest'
import { createRate, secondsLeft } from '../../../core/transfers/rate.ts'

test('the rate is that of the last three seconds', () => {
  const rate = createRate()
  const told = [0, 1, 2, 3, 4, 5, 6].map((second) => {
    rate.add(second <= 3 ? second * 1_000 : 3_000 + (second - 3) * 5_000, second * 1_000)
    return rate.value
  })
  expect(told).toEqual([undefined, 1_000, 1_000, 1_000, 7_000 / 3, 11_000 / 3, 5_000])
})

test('a file that has to be begun again is no negative rate', () => {
  const rate = createRate()
  rate.add(5_000, 0)
  rate.add(0, 1_000)
  expect(rate.value).toBe(0)
})

test.each([
  [500, 1_000, 100, false, 5],
  [1_000, 1_000, 100, false, 0],
  [500, 1_000, 100, true, undefined],
  [500, 1_000, 0, false, undefined],
  [500, 1_000, undefined, false, undefined],
])('%i of %i bytes at %j a second, estimated %j: %j s left', (bytes, total, rate, estimate, left) => {
  expect(secondsLeft(bytes, total, rate, estimate)).toBe(left)
})
