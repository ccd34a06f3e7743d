import type { IBuffer } from '@xterm/xterm'

/** What a program printed as one line, however many rows of the screen it takes. */
export interface PrintedLine {
  /** The first of its rows, counted from the top of the scrollback. */
  readonly row: number
  readonly rows: number
  readonly text: string
}

/** A part of one row. */
export interface Cells {
  readonly row: number
  readonly column: number
  readonly width: number
}

/** Nothing that a person searches or marks is longer; a line without end would hold everything else up. */
const LONGEST = 10_000

/** The line that has this row in it; undefined below the last one. */
export function lineAt(buffer: IBuffer, row: number): PrintedLine | undefined {
  // xterm.js keeps rows in a ring: behind the last one of a full buffer `getLine` gives the first again.
  if (row >= buffer.length) return undefined
  let first = row
  while (first > 0 && buffer.getLine(first)?.isWrapped) first -= 1
  let text = ''
  let rows = 0
  do {
    if (text.length < LONGEST) text += buffer.getLine(first + rows)?.translateToString() ?? ''
    rows += 1
  } while (first + rows < buffer.length && buffer.getLine(first + rows)?.isWrapped)
  return { row: first, rows, text: text.slice(0, LONGEST).trimEnd() }
}

/** Where characters `start` to `end` of a line are on the screen: a part for each of the rows they are in. */
export function cellsOf(buffer: IBuffer, line: PrintedLine, start: number, end: number): readonly Cells[] {
  const parts: Cells[] = []
  let at = 0
  for (let row = line.row; row < line.row + line.rows && at < end; row += 1) {
    const cells = buffer.getLine(row)
    let from: number | undefined
    let to = 0
    for (let column = 0; cells && column < cells.length && at < end; column += 1) {
      const cell = cells.getCell(column)
      const width = cell?.getWidth() ?? 1
      if (width === 0) continue
      at += cell?.getChars().length || 1
      if (at <= start) continue
      from ??= column
      to = column + width
    }
    if (from !== undefined) parts.push({ row, column: from, width: to - from })
  }
  return parts
}
