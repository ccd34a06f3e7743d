import type { MetricSeries } from '../../contract/models/metrics.ts'
import { formatBytes } from '../words/formats.ts'

/** With its unit: "31.4%", "412 kB/s", "144". */
export function shownValue(unit: MetricSeries['unit'], value: number, language: string): string {
  if (unit === 'per-second') return `${formatBytes(value, language)}/s`
  const digits = { maximumFractionDigits: value < 100 ? 1 : 0 }
  return unit === 'percent'
    ? new Intl.NumberFormat(language, { style: 'percent', ...digits }).format(value / 100)
    : new Intl.NumberFormat(language, digits).format(value)
}

/** A moment of a chart: with its day, because a range seldom begins today. */
export function shownTime(seconds: number, language: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(language, parts).format(seconds * 1000)
}
