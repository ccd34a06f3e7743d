/** A step each this many pixels: as many looks as are kept fill the graph. */
const LOOKS = 40

/** An SVG path through the values, the newest at the right edge. Empty for fewer than two. Pure. */
export function linePath(values: readonly number[], most: number, width: number, height: number): string {
  const shown = values.slice(-LOOKS)
  if (shown.length < 2) return ''
  const step = width / (LOOKS - 1)
  const points = shown.map((value, index) => {
    const x = width - (shown.length - 1 - index) * step
    const y = height - 1 - (Math.min(value, most) / most) * (height - 2)
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${points.join('L')}`
}
