import { Group, Skeleton, Text } from '@mantine/core'
import { type KeyboardEvent, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricSeries } from '../../contract/models/metrics.ts'
import { gridOf, lastMeasured } from './grid.ts'
import classes from './health.module.css'
import { shownTime, shownValue } from './shown-value.ts'

const Plot = lazy(() => import('./plot.tsx'))

interface Props {
  readonly title: string
  /** One or two lines, in one unit. */
  readonly series: readonly [MetricSeries, ...MetricSeries[]]
  readonly from: number
  readonly to: number
}

/** Metrics over time. The pointer or the arrow keys go through the figures, which are told beside the title; at first the last one is. */
export function Chart({ title, series, from, to }: Props) {
  const { t, i18n } = useTranslation('health')
  const grid = useMemo(() => gridOf(series, from, to), [series, from, to])
  const [pointed, setPointed] = useState<number | undefined>()
  const { unit } = series[0]
  const last = Math.max(0, lastMeasured(grid))
  const shown = Math.min(pointed ?? last, grid.times.length - 1)
  const time = shownTime(grid.times[shown] ?? from / 1000, i18n.language)
  const figure = (line: number) => {
    const value = grid.values[line]?.[shown]
    return value == null ? t('notMeasured') : shownValue(unit, value, i18n.language)
  }

  function move(event: KeyboardEvent) {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: grid.times.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    setPointed(Math.max(0, Math.min(grid.times.length - 1, to)))
  }

  return (
    <div className={classes.chart}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" fw={600}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {time}
        </Text>
      </Group>
      <Group gap="md" style={{ rowGap: 0 }} aria-hidden>
        {series.map(({ metric }, line) => (
          <span key={metric} className={classes.line} data-line={line}>
            {series.length > 1 ? `${t(`line.${metric}`)} ` : ''}
            <b>{figure(line)}</b>
          </span>
        ))}
      </Group>
      <div
        role="slider"
        tabIndex={0}
        className={classes.plot}
        aria-label={`${title}. ${series.map((each) => summary(each)).join(' ')}`}
        aria-valuemin={0}
        aria-valuemax={grid.times.length - 1}
        aria-valuenow={shown}
        aria-valuetext={`${time}: ${series.map(({ metric }, line) => `${t(`line.${metric}`)} ${figure(line)}`).join(', ')}`}
        onKeyDown={move}
        onBlur={() => setPointed(undefined)}
      >
        <Suspense fallback={<Skeleton height={96} />}>
          <Plot grid={grid} unit={unit} language={i18n.language} pointed={pointed} onPoint={setPointed} />
        </Suspense>
      </div>
    </div>
  )

  function summary({ metric, points }: MetricSeries): string {
    const values = points.map(({ value }) => value)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const [lowest, average, highest] = [Math.min(...values), mean, Math.max(...values)].map((value) =>
      shownValue(unit, value, i18n.language),
    )
    return t('summary', { what: t(`line.${metric}`), lowest, average, highest })
  }
}
