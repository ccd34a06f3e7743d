import { describe, expect, test } from 'vitest'
import type { MetricSeries } from '../../../../contract/models/metrics.ts'
import { judgeIdle } from '../../../../core/aws/metrics/idle.ts'

const HOUR = 3_600_000
const HOURS = 14 * 24
const TO = Date.parse('2026-11-29T12:00:00Z')

/** A figure for each hour of two weeks, the oldest first; undefined: not measured. */
type Hours = (hour: number) => number | undefined
const hourly = (metric: MetricSeries['metric'], figure: Hours): MetricSeries => ({
  metric,
  unit: metric === 'cpu-highest' ? 'percent' : 'per-second',
  periodSeconds: 3_600,
  points: Array.from({ length: HOURS }, (_, hour) => ({ at: TO - (HOURS - hour) * HOUR, value: figure(hour) })).filter(
    (point): point is MetricSeries['points'][number] => point.value !== undefined,
  ),
})

describe('idle for two weeks', () => {
  const quiet: Hours = () => 0.9
  const cases: readonly {
    readonly name: string
    readonly cpu?: Hours
    readonly received?: Hours
    readonly sent?: Hours
    readonly wanted: readonly [verdict: string, knownDays: number, highestPercent: number, mostBytesADay: number]
  }[] = [
    { name: 'nothing to do', wanted: ['idle', 14, 0.9, 155_520] },
    { name: 'just below both limits', cpu: () => 4.99, received: () => 56, wanted: ['idle', 14, 4.99, 4_916_160] },
    { name: 'a processor that worked for one hour', cpu: (hour) => (hour === 3 ? 5 : 0.5), wanted: ['busy', 14, 5, 155_520] },
    { name: 'a network that was used on one day', sent: (hour) => (hour < 24 ? 60 : 0), wanted: ['busy', 14, 0.9, 5_261_760] },
    { name: 'both directions together', received: () => 30, sent: () => 30, wanted: ['busy', 14, 0.9, 5_184_000] },
    { name: 'two hours of a day lost', cpu: (hour) => (hour % 24 < 2 ? undefined : 1), wanted: ['idle', 14, 1, 155_520] },
    { name: 'off every night', cpu: (hour) => (hour % 24 < 8 ? undefined : 1), wanted: ['unknown', 0, 1, 155_520] },
    { name: 'launched five days ago', cpu: (hour) => (hour < 9 * 24 ? undefined : 1), wanted: ['unknown', 5, 1, 155_520] },
    { name: 'busy since three days', cpu: (hour) => (hour < 11 * 24 ? undefined : 60), wanted: ['busy', 3, 60, 155_520] },
    { name: 'no figures of its network', received: () => undefined, sent: () => undefined, wanted: ['unknown', 0, 0.9, 0] },
  ]
  test.each(cases)('$name', ({ cpu = quiet, received = quiet, sent = quiet, wanted }) => {
    const series = [hourly('cpu-highest', cpu), hourly('network-in', received), hourly('network-out', sent)]
    const { verdict, knownDays, highestPercent, mostBytesADay } = judgeIdle(series, TO)
    expect([verdict, knownDays, highestPercent, Math.round(mostBytesADay)]).toEqual(wanted)
  })
  test('nothing measured at all', () => {
    expect(judgeIdle([], TO)).toEqual({
      verdict: 'unknown',
      days: 14,
      knownDays: 0,
      highestPercent: 0,
      mostBytesADay: 0,
      below: { percent: 5, bytesADay: 5_000_000 },
    })
  })
})
