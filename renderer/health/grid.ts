import type { MetricSeries } from '../../contract/models/metrics.ts'

/** Seconds since 1970 for each period, and beside them each series' values there: null where nothing was measured, so that a gap stays one. */
export interface Grid {
  readonly times: readonly number[]
  readonly values: readonly (readonly (number | null)[])[]
}

/** Of series with one period. `from` and `to`: milliseconds since 1970. */
export function gridOf(series: readonly MetricSeries[], from: number, to: number): Grid {
  const period = (series[0]?.periodSeconds ?? 300) * 1000
  const start = Math.floor(from / period) * period
  const count = Math.max(0, Math.ceil((to - start) / period))
  return {
    times: Array.from({ length: count }, (_, index) => (start + index * period) / 1000),
    values: series.map(({ points }) => {
      const row: (number | null)[] = Array.from({ length: count }, () => null)
      for (const { at, value } of points) {
        const index = Math.floor((at - start) / period)
        if (index >= 0 && index < count) row[index] = value
      }
      return row
    }),
  }
}

/** Those that no line would show: measured, and neither before nor after it anything. */
export function lonePoints(row: readonly (number | null | undefined)[]): number[] {
  return row.flatMap((value, index) => (value != null && row[index - 1] == null && row[index + 1] == null ? [index] : []))
}

/** Where the last figure is; -1: nowhere. */
export function lastMeasured({ values }: Grid): number {
  return Math.max(-1, ...values.map((row) => row.findLastIndex((value) => value !== null)))
}
