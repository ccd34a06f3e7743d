import type { MetricDataResult } from '@aws-sdk/client-cloudwatch'
import type { InstanceMetrics, MetricSeries } from '../../../contract/models/metrics.ts'
import type { MetricsQuestion } from './question.ts'

/** As many as a chart could show; an answer of more is none to this question. */
const MOST_POINTS = 2_000

/** GetMetricData's answer, which may come in several pieces a metric. Metrics that the instance does not have are left out. */
export function readMetrics({ asked, from, to }: MetricsQuestion, results: readonly MetricDataResult[]): InstanceMetrics {
  return {
    from,
    to,
    series: asked.flatMap(({ id, metric, unit, period }) => {
      const points = results
        .filter(({ Id }) => Id === id)
        .flatMap(({ Timestamps = [], Values = [] }) => Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] })))
        .filter((point): point is MetricSeries['points'][number] => isFigure(point.value) && isFigure(point.at))
        .map(({ at, value }) => ({ at, value: unit === 'per-second' ? value / period : value }))
        .toSorted((a, b) => a.at - b.at)
      return points.length > 0 ? [{ metric, unit, periodSeconds: period, points: points.slice(-MOST_POINTS) }] : []
    }),
  }
}

function isFigure(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}
