import type { IdleVerdict, MetricSeries } from '../../../contract/models/metrics.ts'

/** What AWS itself calls idle (Compute Optimizer, "Idle resource recommendations", EC2): both, over 14 days. */
const BELOW = { percent: 5, bytesADay: 5_000_000 }
const DAYS = 14
const DAY_MS = 86_400_000
/** A restart or a late report may cost an hour or two of a day; what was off for longer was not idle but stopped. */
const KNOWN_HOURS = 20
const HOUR_SECONDS = 3_600

/** From two weeks of hourly figures that end at `to`. */
export function judgeIdle(series: readonly MetricSeries[], to: number): IdleVerdict {
  const of = (metric: MetricSeries['metric']) => series.find((each) => each.metric === metric)?.points ?? []
  const [highest, received, sent] = [of('cpu-highest'), of('network-in'), of('network-out')]
  const days = Array.from({ length: DAYS }, (_, day) => {
    const within = ({ at }: { readonly at: number }) => at >= to - (day + 1) * DAY_MS && at < to - day * DAY_MS
    const percents = highest.filter(within).map(({ value }) => value)
    const rates = [received, sent].map((points) => points.filter(within).map(({ value }) => value))
    return {
      known: [percents, ...rates].every(({ length }) => length >= KNOWN_HOURS),
      percent: Math.max(0, ...percents),
      bytes: rates.flat().reduce((sum, rate) => sum + rate * HOUR_SECONDS, 0),
    }
  })
  const knownDays = days.filter(({ known }) => known).length
  const highestPercent = Math.max(...days.map(({ percent }) => percent))
  const mostBytesADay = Math.max(...days.map(({ bytes }) => bytes))
  const quiet = highestPercent < BELOW.percent && mostBytesADay < BELOW.bytesADay
  return {
    // One busy hour is enough to know that it was not idle; to know that it was, every day has to be known.
    verdict: !quiet ? 'busy' : knownDays === DAYS ? 'idle' : 'unknown',
    days: DAYS,
    knownDays,
    highestPercent,
    mostBytesADay,
    below: BELOW,
  }
}
