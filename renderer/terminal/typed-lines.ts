import type { IMarker, Terminal } from '@xterm/xterm'
import { lineAt } from './lines.ts'

export interface TypedLines {
  /** What a person put in, keys or a paste, before it is sent. */
  typed(text: string): void
  /** Another shell: nothing is half typed. */
  reset(): void
}

interface Line {
  /** Where the first key would be echoed. */
  readonly marker: IMarker
  readonly column: number
  /** What was typed from the beginning of the line on, up to the first key that changed it otherwise (an arrow, Tab, history). */
  text: string
  edited: boolean
}

/** Long enough for an echo over a slow link. */
const ECHO_MS = 3_000

/**
 * Tells each line that a person typed and the host showed. It is read off the screen, where it was echoed: what is typed at a prompt that
 * hides it, or shows stars for it, never is. Full-screen programs take keys, not lines.
 */
export function followTypedLines(terminal: Terminal, onLine: (text: string) => void): TypedLines {
  let line: Line | undefined
  const begin = (): Line => ({ marker: terminal.registerMarker(0), column: terminal.buffer.active.cursorX, text: '', edited: false })

  function drop() {
    line?.marker.dispose()
    line = undefined
  }
  /** Once the cursor has left the line, or for what nothing is shown after, a while later. */
  function whenEchoed(finished: Line) {
    const check = terminal.onWriteParsed(() => {
      const { active } = terminal.buffer
      const shown = finished.marker.isDisposed ? undefined : lineAt(active, finished.marker.line)
      // A long line takes several rows.
      if (!shown || active.baseY + active.cursorY >= shown.row + shown.rows) done()
    })
    const timer = setTimeout(done, ECHO_MS)
    function done() {
      check.dispose()
      clearTimeout(timer)
      const text = finished.marker.isDisposed ? undefined : readLine(terminal, finished)
      finished.marker.dispose()
      if (text !== undefined) onLine(text)
    }
  }

  return {
    typed(text) {
      if (terminal.buffer.active.type === 'alternate') return drop()
      const [first = '', ...others] = text.split(/\r\n|\r|\n/)
      if (first !== '') {
        line ??= begin()
        if (first === '\x7f' && !line.edited) line.text = line.text.slice(0, -1)
        // Ctrl+C and Ctrl+D end a line that nobody ran.
        else if (first === '\x03' || first === '\x04') return drop()
        else if (!line.edited && isText(first)) line.text += first
        else line.edited = true
      }
      if (others.length === 0) return
      if (line) whenEchoed(line)
      line = undefined
    },
    reset: drop,
  }
}

/** Undefined where the screen does not show what was typed. */
function readLine({ buffer, cols }: Terminal, { marker, column, text, edited }: Line): string | undefined {
  const { active } = buffer
  const printed = lineAt(active, marker.line)
  if (!printed || text === '') return undefined
  const before = active.getLine(marker.line)?.translateToString(false, 0, column).length ?? 0
  const shown = printed.text.slice((marker.line - printed.row) * cols + before)
  if (!shown.startsWith(text.trimEnd())) return undefined
  // Behind what was typed stands at most what a shell suggests, unless keys that changed the line brought the rest.
  return (edited ? shown : text).trimEnd() || undefined
}

function isText(text: string): boolean {
  return !/\p{Cc}/u.test(text)
}
