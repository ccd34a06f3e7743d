import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { firstOf, interleave } from '../../../core/ssh/eyeballs.ts'

const v4 = (address: string) => ({ address, family: 4 })
const v6 = (address: string) => ({ address, family: 6 })

describe('the addresses of a name take turns by family', () => {
  test.each([
    [[v6('a'), v6('b'), v4('1'), v4('2')], 'a1b2'],
    [[v4('1'), v4('2'), v4('3'), v6('a')], '1a23'],
    [[v6('a'), v4('1'), v4('2'), v4('3')], 'a123'],
    [[v4('1')], '1'],
    [[], ''],
  ])('%j', (addresses, order) => {
    expect(
      interleave(addresses)
        .map(({ address }) => address)
        .join(''),
    ).toBe(order)
  })
})

describe('of several attempts', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Attempts that end after so many milliseconds, well or (negative) badly, and when each began. */
  function attempts(...ends: readonly number[]) {
    const from = Date.now()
    const begun: number[] = []
    const list = ends.map((end, index) => () => {
      begun.push(Date.now() - from)
      return new Promise<number>((resolve, reject) =>
        setTimeout(() => (end > 0 ? resolve(index) : reject(new Error(`${index}`))), Math.abs(end)),
      )
    })
    return { list, begun }
  }
  async function outcome({ list, begun }: ReturnType<typeof attempts>) {
    const from = Date.now()
    const result = firstOf(list, 250).then(
      ({ value }) => `${value}`,
      (errors: Error[]) => errors.map(({ message }) => `-${message}`).join(''),
    )
    await vi.runAllTimersAsync()
    return { result: await result, begun, took: Date.now() - from }
  }

  test.each([
    ['the first is quick: nothing else is tried', [100, 100], '0', [0]],
    ['the first is dead: the second a moment later', [60_000, 100], '1', [0, 250]],
    ['both are far: the first is not given up for the second', [400, 400], '0', [0, 250]],
    ['the first fails at once: the second at once', [-10, 100], '1', [0, 10]],
    ['all fail: all failures are told', [-10, -300, -20], '-0-1-2', [0, 10, 260]],
  ])('%s', async (_, ends, result, begun) => {
    expect(await outcome(attempts(...ends))).toMatchObject({ result, begun })
  })
})
