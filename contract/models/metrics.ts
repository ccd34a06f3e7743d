import { z } from 'zod'

/** How far back: hours, days, weeks. */
export const metricSpan = z.enum(['1h', '6h', '1d', '1w', '2w'])
export type MetricSpan = z.infer<typeof metricSpan>

export const metricSeries = z.object({
  metric: z.enum(['cpu', 'cpu-highest', 'network-in', 'network-out', 'disk-read', 'disk-write', 'credits']),
  /** `per-second`: bytes, as the mean of a period. `credits`: of a burstable instance; one is a minute of a whole vCPU. */
  unit: z.enum(['percent', 'per-second', 'credits']),
  /** For how long each point stands. */
  periodSeconds: z.int().positive(),
  /** `at`: where its period begins, milliseconds since 1970, ascending. What was not measured is not there. */
  points: z.array(z.object({ at: z.number(), value: z.number().min(0) })).max(2_000),
})
export type MetricSeries = z.infer<typeof metricSeries>

/**
 * Whether an instance had nothing to do for two weeks, with the figures that say so: the highest use of its processor in percent, and
 * the bytes of its busiest day. `unknown`: on some of the days it was not measured.
 */
export const idleVerdict = z.object({
  verdict: z.enum(['idle', 'busy', 'unknown']),
  days: z.int(),
  knownDays: z.int(),
  highestPercent: z.number(),
  mostBytesADay: z.number(),
  /** What it must stay below, each day. */
  below: z.object({ percent: z.number(), bytesADay: z.number() }),
})
export type IdleVerdict = z.infer<typeof idleVerdict>

/** CloudWatch's figures of one instance. Times in milliseconds since 1970. */
export const instanceMetrics = z.object({
  from: z.number(),
  to: z.number(),
  series: z.array(metricSeries),
  /** Told with `2w`. */
  idle: idleVerdict.optional(),
})
export type InstanceMetrics = z.infer<typeof instanceMetrics>
