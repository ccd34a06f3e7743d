import { linePath } from './line-path.ts'
import classes from './monitor.module.css'

const WIDTH = 44
const HEIGHT = 14

/** A small graph, the newest at the right. `most`: what reaches the top; absent: the most there was. For those who cannot see it the figure beside it says enough. */
export function Sparkline({ values, most }: { readonly values: readonly number[]; readonly most?: number }) {
  const line = linePath(values, most ?? Math.max(...values, 1), WIDTH, HEIGHT)
  return (
    <svg width={WIDTH} height={HEIGHT} className={classes.graph} aria-hidden>
      {line && <path d={line} />}
    </svg>
  )
}
