import { expect, test } from 'vitest'
import type { MetricSeries } from '../../../contract/models/metrics.ts'
import { gridOf, lastMeasured, lonePoints } from '../../../renderer/health/grid.ts'

const FROM = Date.parse('2026-11-29T12:00:00Z')
const MINUTE = 60_000
/** A figure for each five minutes; undefined: not measured. */
const series = (...values: readonly (number | undefined)[]): MetricSeries => ({
  metric: 'cpu',
  unit: 'percent',
  periodSeconds: 300,
  points: values.flatMap((value, index) => (value === undefined ? [] : [{ at: FROM + index * 5 * MINUTE, value }])),
})

test('a time at which nothing was measured is a gap, at the beginning and the end as well', () => {
  const grid = gridOf([series(undefined, 1, 2, undefined, 4), series(5)], FROM, FROM + 30 * MINUTE)
  expect(grid.times).toEqual([0, 5, 10, 15, 20, 25].map((minutes) => (FROM + minutes * MINUTE) / 1000))
  expect(grid.values).toEqual([
    [null, 1, 2, null, 4, null],
    [5, null, null, null, null, null],
  ])
  expect(lastMeasured(grid)).toBe(4)
})

test('periods that began before the time that was asked for have their place, and what lies outside has none', () => {
  const grid = gridOf([series(7, 8)], FROM + 2 * MINUTE, FROM + 5 * MINUTE)
  expect(grid.values).toEqual([[7]])
  expect(lastMeasured(gridOf([series()], FROM, FROM + 5 * MINUTE))).toBe(-1)
})

test('a figure between two gaps is told apart: no line would show it', () => {
  expect(lonePoints([1, null, 2, 3, null, 0, null])).toEqual([0, 5])
})
