import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import type { MetricSeries } from '../../contract/models/metrics.ts'
import { type Grid, lonePoints } from './grid.ts'
import { shownValue } from './shown-value.ts'

interface Props {
  readonly grid: Grid
  readonly unit: MetricSeries['unit']
  readonly language: string
  /** What is pointed at; undefined: nothing. */
  readonly pointed: number | undefined
  onPoint(index: number | undefined): void
}

export const PLOT_HEIGHT = 96
const DAY_SECONDS = 86_400

/** The lines themselves. A module of its own, which is loaded when somebody looks. */
export default function Plot({ grid, unit, language, pointed, onPoint }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(null)
  const tell = useRef(onPoint)
  tell.current = onPoint
  const scheme = useComputedColorScheme()

  // Its colours are read from the page, whose scheme is one of what they depend on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is read through the element's style.
  useEffect(() => {
    const element = place.current
    if (!element) return
    const made = new UPlot(
      options({ grid, unit, language, element, onPoint: (index) => tell.current(index) }),
      [[...grid.times], ...grid.values.map((row) => [...row])] as UPlot.AlignedData,
      element,
    )
    plot.current = made
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: PLOT_HEIGHT }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [grid, unit, language, scheme])

  useEffect(() => {
    const made = plot.current
    if (!made || made.cursor.idx === pointed) return
    const time = pointed === undefined ? undefined : grid.times[pointed]
    made.setCursor(time === undefined ? { left: -10, top: -10 } : { left: made.valToPos(time, 'x'), top: 1 }, false)
  }, [pointed, grid])

  return <div ref={place} style={{ height: PLOT_HEIGHT }} />
}

interface Wanted extends Pick<Props, 'grid' | 'unit' | 'language' | 'onPoint'> {
  readonly element: HTMLElement
}

function options({ grid, unit, language, element, onPoint }: Wanted): UPlot.Options {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const axis: UPlot.Axis = {
    stroke: colour('--mantine-color-dimmed'),
    grid: { stroke: colour('--mooring-line'), width: 1 },
    ticks: { show: false },
    font: `10px ${style.fontFamily}`,
  }
  const [first = 0, last = 0] = [grid.times[0], grid.times.at(-1)]
  const label = new Intl.DateTimeFormat(
    language,
    last - first > 2 * DAY_SECONDS ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' },
  )
  const line = (index: number): UPlot.Series => ({
    stroke: colour(LINE_COLOURS[index] ?? LINE_COLOURS[0]),
    width: 1.5,
    ...(index > 0 ? { dash: [4, 3] } : {}),
    points: { show: true, size: 4, filter: (_plot, series) => lonePoints(grid.values[series - 1] ?? []) },
  })
  return {
    width: element.clientWidth,
    height: PLOT_HEIGHT,
    padding: [6, 22, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true, range: [first, last] }, y: { range: (_plot, _low, high) => [0, ceiling(unit, high)] } },
    axes: [
      { ...axis, size: 20, space: 64, values: (_plot, times) => times.map((time) => label.format(time * 1000)) },
      { ...axis, size: 62, space: 28, values: (_plot, values) => values.map((value) => shownValue(unit, value, language)) },
    ],
    series: [{}, ...grid.values.map((_row, index) => line(index))],
    hooks: { setCursor: [({ cursor: { idx, left = -1 } }) => onPoint(left < 0 || idx === null ? undefined : idx)] },
  }
}

/** The second line is dashed as well: colours alone do not tell them apart for everybody. */
export const LINE_COLOURS = ['--mantine-primary-color-filled', '--mooring-warn'] as const

/** So that a quiet machine looks quiet: a tenth of a percent does not fill the chart. */
function ceiling(unit: MetricSeries['unit'], high: number): number {
  const most = Number.isFinite(high) ? high * 1.15 : 0
  return unit === 'percent' ? Math.min(100, Math.max(10, most)) : Math.max(unit === 'per-second' ? 1_000 : 10, most)
}
