import type { GetMetricDataInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { MetricSeries, MetricSpan } from '../../../contract/models/metrics.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** EC2 reports every five minutes, and every minute where detailed monitoring is paid for. */
const BASIC_PERIOD = 5 * MINUTE

/** Seconds: how far back, and for how long a point stands, so that a chart has a few hundred at most. */
const SPANS: Readonly<Record<MetricSpan, { readonly seconds: number; readonly period: number; readonly detailed: number }>> = {
  '1h': { seconds: HOUR, period: BASIC_PERIOD, detailed: MINUTE },
  '6h': { seconds: 6 * HOUR, period: BASIC_PERIOD, detailed: MINUTE },
  '1d': { seconds: DAY, period: BASIC_PERIOD, detailed: BASIC_PERIOD },
  '1w': { seconds: 7 * DAY, period: HOUR, detailed: HOUR },
  '2w': { seconds: 14 * DAY, period: HOUR, detailed: HOUR },
}

interface Metric extends Pick<MetricSeries, 'metric' | 'unit'> {
  /** EC2 User Guide, "CloudWatch metrics that are available for your instances". */
  readonly name: string
  readonly statistic: 'Average' | 'Maximum' | 'Sum'
}
const METRICS: readonly Metric[] = [
  { metric: 'cpu', name: 'CPUUtilization', statistic: 'Average', unit: 'percent' },
  { metric: 'cpu-highest', name: 'CPUUtilization', statistic: 'Maximum', unit: 'percent' },
  { metric: 'network-in', name: 'NetworkIn', statistic: 'Sum', unit: 'per-second' },
  { metric: 'network-out', name: 'NetworkOut', statistic: 'Sum', unit: 'per-second' },
  { metric: 'disk-read', name: 'EBSReadBytes', statistic: 'Sum', unit: 'per-second' },
  { metric: 'disk-write', name: 'EBSWriteBytes', statistic: 'Sum', unit: 'per-second' },
  { metric: 'credits', name: 'CPUCreditBalance', statistic: 'Average', unit: 'credits' },
]

/** What is asked of CloudWatch about one instance. */
export interface MetricsQuestion {
  readonly asked: readonly (Metric & { readonly id: string; readonly period: number })[]
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}
interface Subject {
  readonly type: string
  readonly detailed: boolean
}

/** It ends with the last period that is over: half of one would look like a fall. Every metric that is asked for is paid for. */
export function metricsQuestion({ type, detailed }: Subject, span: MetricSpan, now: number): MetricsQuestion {
  const { seconds, ...periods } = SPANS[span]
  const period = detailed ? periods.detailed : periods.period
  const to = Math.floor(now / 1000 / period) * period
  const asked = METRICS.filter(({ metric }) => metric !== 'credits' || isBurstable(type))
  return {
    // Credits are counted every five minutes, whatever is paid for.
    asked: asked.map((each, index) => ({
      ...each,
      id: `m${index}`,
      period: each.metric === 'credits' ? Math.max(period, BASIC_PERIOD) : period,
    })),
    from: (to - seconds) * 1000,
    to: to * 1000,
  }
}

/** As GetMetricData takes it. */
export function toInput({ asked, from, to }: MetricsQuestion, instanceId: string): GetMetricDataInput {
  const Dimensions = [{ Name: 'InstanceId', Value: instanceId }]
  return {
    StartTime: new Date(from),
    EndTime: new Date(to),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: asked.map(
      ({ id, name, statistic, period }): MetricDataQuery => ({
        Id: id,
        MetricStat: { Metric: { Namespace: 'AWS/EC2', MetricName: name, Dimensions }, Period: period, Stat: statistic },
      }),
    ),
  }
}

/** T2, T3, T3a, T4g. */
function isBurstable(type: string): boolean {
  return /^t\d/.test(type)
}
