import type { Terminal } from '@xterm/xterm'
import { createStore, type StoreApi } from 'zustand'
import { createMarks, type MarkColours } from '../marks.ts'
import { type FindOptions, toPattern } from './pattern.ts'
import { type Found, scan } from './scan.ts'

export interface FoundState {
  /** From 1; 0 where none is selected. */
  readonly index: number
  readonly count: number
  /** What is wrong with the expression. */
  readonly broken: string | undefined
}

export interface Finder {
  readonly state: StoreApi<FoundState>
  /** Another text or other options: selects the nearest place upwards. An empty term finds nothing. */
  look(term: string, options: FindOptions): void
  step(direction: 'up' | 'down'): void
  setColours(colours: FindColours): void
  dispose(): void
}

export interface FindColours {
  readonly match: MarkColours
  readonly current: MarkColours
}

/** How long after new output the places are looked for again. */
const AGAIN_MS = 400

/** Finds in what is on the screen and above it, for as long as the search is open. */
export function createFinder(terminal: Terminal, firstColours: FindColours): Finder {
  const state = createStore<FoundState>(() => ({ index: 0, count: 0, broken: undefined }))
  let expression: RegExp | undefined
  let found: readonly Found[] = []
  let colours = firstColours
  let scanning = new AbortController()
  let again: ReturnType<typeof setTimeout> | undefined

  const marks = createMarks(terminal, 30, (firstRow, lastRow) => {
    const current = found[indexOfSelected()]
    return found
      .filter((parts) => parts[0].row <= lastRow && (parts.at(-1)?.row ?? 0) >= firstRow)
      .flatMap((parts) =>
        parts.map((part) =>
          parts === current ? { ...part, colours: colours.current, layer: 'top' as const } : { ...part, colours: colours.match },
        ),
      )
  })
  const output = terminal.onWriteParsed(() => {
    if (expression) again ??= setTimeout(() => void rescan(), AGAIN_MS)
  })

  function indexOfSelected(): number {
    const start = terminal.getSelectionPosition()?.start
    return start ? found.findIndex(([part]) => part.row === start.y && part.column === start.x) : -1
  }
  function tell() {
    state.setState({ index: indexOfSelected() + 1, count: found.length })
    marks.refresh()
  }
  async function rescan(): Promise<boolean> {
    clearTimeout(again)
    again = undefined
    scanning.abort()
    scanning = new AbortController()
    const next = expression ? await scan(terminal, expression, scanning.signal) : []
    if (!next) return false
    found = next
    tell()
    return true
  }
  function select(index: number) {
    const parts = found[index]
    if (!parts) return
    const [{ row, column }] = parts
    terminal.select(
      column,
      row,
      parts.reduce((total, { width }) => total + width, 0),
    )
    const { viewportY } = terminal.buffer.active
    if (row < viewportY || row >= viewportY + terminal.rows) terminal.scrollToLine(Math.max(0, row - Math.floor(terminal.rows / 2)))
    tell()
  }
  /** The last place that begins at or above where one is: the selection, or the end of what is in sight. */
  function nearest(): number {
    const { viewportY } = terminal.buffer.active
    const from = terminal.getSelectionPosition()?.start ?? { y: viewportY + terminal.rows, x: 0 }
    const above = found.findLastIndex(([part]) => part.row < from.y || (part.row === from.y && part.column <= from.x))
    return above === -1 ? 0 : above
  }

  return {
    state,
    look(term, options) {
      const pattern = toPattern(term, options)
      expression = pattern.kind === 'pattern' && term !== '' ? pattern.expression : undefined
      state.setState({ broken: pattern.kind === 'broken' ? pattern.why : undefined })
      void rescan().then((done) => {
        if (!done) return
        if (found.length > 0) select(nearest())
        else terminal.clearSelection()
      })
    },
    step(direction) {
      if (found.length === 0) return
      const selected = indexOfSelected()
      if (selected === -1) return select(nearest())
      select((selected + (direction === 'up' ? found.length - 1 : 1)) % found.length)
    },
    setColours(next) {
      colours = next
      marks.refresh()
    },
    dispose() {
      scanning.abort()
      clearTimeout(again)
      output.dispose()
      marks.dispose()
    },
  }
}
