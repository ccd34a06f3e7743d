import type { Terminal } from '@xterm/xterm'
import { type Cells, cellsOf, lineAt } from '../lines.ts'
import { placesOf } from './pattern.ts'

/** One place: a part for each of the rows it is in. */
export type Found = readonly [Cells, ...Cells[]]

/** The page draws and answers keys in between. */
const SLICE_MS = 8

/** Every place in what a terminal has kept, from the top; undefined when `signal` ended it. */
export async function scan({ buffer }: Terminal, expression: RegExp, signal: AbortSignal): Promise<readonly Found[] | undefined> {
  const { active } = buffer
  const found: Found[] = []
  let pauseAt = performance.now() + SLICE_MS
  for (let row = 0; row < active.length; ) {
    const line = lineAt(active, row)
    if (!line) break
    for (const { start, end } of placesOf(expression, line.text)) {
      const [first, ...others] = cellsOf(active, line, start, end)
      if (first) found.push([first, ...others])
    }
    row += line.rows
    if (performance.now() < pauseAt) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return undefined
    pauseAt = performance.now() + SLICE_MS
  }
  return signal.aborted ? undefined : found
}
