import type { IDecoration, IMarker, Terminal } from '@xterm/xterm'
import type { Cells } from './lines.ts'

/** `#RRGGBB` each. */
export interface MarkColours {
  readonly backgroundColor?: string
  readonly foregroundColor?: string
}
export type Mark = Cells & { readonly colours: MarkColours; readonly layer?: 'bottom' | 'top' }

export interface Marks {
  /** What is to be marked has changed. */
  refresh(): void
  dispose(): void
}

/**
 * Marks a part of what is in sight, and nothing else: a mark costs xterm.js at every frame. `marksIn` is asked again after output and
 * scrolling, at most every `everyMs`. The alternate screen has none: what is there is a program's own drawing.
 */
export function createMarks(terminal: Terminal, everyMs: number, marksIn: (firstRow: number, lastRow: number) => readonly Mark[]): Marks {
  let shown: readonly { readonly marker: IMarker; readonly decoration: IDecoration }[] = []
  let what = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function clear() {
    for (const { marker, decoration } of shown) {
      decoration.dispose()
      marker.dispose()
    }
    shown = []
    what = ''
  }
  function show() {
    timer = undefined
    const { active } = terminal.buffer
    if (active.type === 'alternate') return clear()
    const marks = marksIn(active.viewportY, active.viewportY + terminal.rows - 1)
    const next = JSON.stringify(marks)
    // Rows are counted from the top, and move when the top is dropped; marks move along.
    const moved = shown.some(({ marker }, index) => marker.line !== marks[index]?.row)
    if (next === what && !moved) return
    clear()
    what = next
    shown = marks.flatMap((mark) => {
      const marker = terminal.registerMarker(mark.row - active.baseY - active.cursorY)
      const decoration = terminal.registerDecoration({
        marker,
        x: mark.column,
        width: mark.width,
        layer: mark.layer ?? 'bottom',
        ...mark.colours,
      })
      return decoration ? [{ marker, decoration }] : []
    })
  }
  function refresh() {
    timer ??= setTimeout(show, everyMs)
  }
  const listeners = [terminal.onRender(refresh), terminal.buffer.onBufferChange(refresh)]
  refresh()
  return {
    refresh,
    dispose() {
      clearTimeout(timer)
      for (const listener of listeners) listener.dispose()
      clear()
    },
  }
}
