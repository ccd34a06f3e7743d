import type { IBuffer, ITheme, Terminal } from '@xterm/xterm'
import type { HighlightRule } from '../../contract/models/highlight.ts'
import { placesOf, toPattern } from './find/pattern.ts'
import { cellsOf, lineAt } from './lines.ts'
import { createMarks, type Mark, type Marks } from './marks.ts'

/** Seldom enough that a flood of output is not slowed, soon enough for who reads. */
const EVERY_MS = 200
/** Of a line; the rest of a longer one is no message. */
const LONGEST = 2_000

export interface Highlights {
  set(rules: readonly HighlightRule[], theme: ITheme | undefined): void
  dispose(): void
}

interface Compiled {
  readonly expression: RegExp
  readonly colour: string
}

/** Draws words in colours where the program has given them none: only in what is in sight, and not on the screens of full-screen programs. */
export function createHighlights(terminal: Terminal): Highlights {
  let compiled: readonly Compiled[] = []
  let marks: Marks | undefined
  return {
    set(rules, theme) {
      compiled = rules.flatMap(({ pattern, colour, on }) => {
        const read = on && pattern !== '' ? toPattern(pattern, { regex: true, caseSensitive: false, wholeWord: false }) : undefined
        const shown = theme?.[colour]
        return read?.kind === 'pattern' && shown ? [{ expression: read.expression, colour: shown }] : []
      })
      if (compiled.length === 0) {
        marks?.dispose()
        marks = undefined
      } else if (marks) marks.refresh()
      else marks = createMarks(terminal, EVERY_MS, (first, last) => marksIn(terminal.buffer.active, compiled, first, last))
    },
    dispose: () => marks?.dispose(),
  }
}

function marksIn(buffer: IBuffer, rules: readonly Compiled[], firstRow: number, lastRow: number): readonly Mark[] {
  const found: Mark[] = []
  for (let row = firstRow; row <= lastRow; ) {
    const line = lineAt(buffer, row)
    if (!line) break
    const text = line.text.slice(0, LONGEST)
    const taken = new Set<number>()
    for (const { expression, colour } of rules)
      for (const { start, end } of placesOf(expression, text)) {
        // What an earlier rule has is not drawn over.
        if (taken.has(start)) continue
        for (let at = start; at < end; at += 1) taken.add(at)
        for (const cells of cellsOf(buffer, line, start, end))
          if (cells.row >= firstRow && cells.row <= lastRow && isPlain(buffer, cells.row, cells.column))
            found.push({ ...cells, colours: { foregroundColor: colour } })
      }
    row = line.row + line.rows
  }
  return found
}

function isPlain(buffer: IBuffer, row: number, column: number): boolean {
  const cell = buffer.getLine(row)?.getCell(column)
  return cell?.isFgDefault() === true && !cell.isInverse()
}
