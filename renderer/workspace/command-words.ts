import i18next from 'i18next'
import type { RunCommand } from '../terminal/shell-marks/shell-marks.ts'
import { formatDuration } from '../words/formats.ts'

/** Shorter ones are not worth a mark. */
const MARKED_MS = 2_000

/** Beside a command on the screen: how long it took, and that it failed. */
export function describeCommand({ tookMs, code }: RunCommand): string | undefined {
  const t = i18next.getFixedT(null, 'workspace')
  const took = tookMs >= MARKED_MS ? t('command.took', { time: formatDuration(Math.round(tookMs / 1000), i18next.language) }) : undefined
  // Ctrl+C is the person's own end to it.
  const status = code !== undefined && code !== 0 && code !== 130 ? t('command.status', { code }) : undefined
  return [status, took].filter((words) => words !== undefined).join(' · ') || undefined
}
