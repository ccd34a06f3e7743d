import type { IMarker, Terminal } from '@xterm/xterm'
import { lineAt } from '../lines.ts'
import { showTook } from './took.ts'

/** What a shell ran, by the marks of its integration (OSC 133). */
export interface RunCommand {
  /** As it stands on the screen; empty where that is more than a line. */
  readonly text: string
  readonly tookMs: number
  /** Undefined where the shell did not say. */
  readonly code: number | undefined
}

export interface ShellMarks {
  /** Whether the shell marks its prompts at all. */
  readonly any: boolean
  /** A command runs: what is typed goes to it, and not to a prompt. */
  readonly running: boolean
  /** The prompt before or after what is in sight comes to its top. */
  jump(direction: 'up' | 'down'): void
  /** Of the command whose rows have this one, or of the last one that printed something. False where there is none. */
  selectOutput(row?: number): boolean
  /** Another shell begins: nothing runs. */
  reset(): void
}

export interface ShellMarksOptions {
  /** Words for the mark beside what took long or failed; undefined: none. */
  describe(command: RunCommand): string | undefined
  onStarted(text: string): void
  onEnded(command: RunCommand): void
  /** What comes now was printed before: it is marked, but did not happen now. */
  isOld(): boolean
}

interface Prompt {
  readonly prompt: IMarker
  input?: { readonly marker: IMarker; readonly column: number }
  output?: IMarker
  end?: IMarker
  text?: string
  startedAt?: number
}

/** Older prompts than that are forgotten; each is a marker that xterm.js moves with its line. */
const MOST_PROMPTS = 1000

export function followShellMarks(terminal: Terminal, options: ShellMarksOptions): ShellMarks {
  let prompts: Prompt[] = []
  const here = () => terminal.registerMarker(0)

  const steps: Readonly<Record<string, (parameter: string | undefined) => void>> = {
    A() {
      end(undefined)
      prompts = prompts.filter(({ prompt }) => !prompt.isDisposed).slice(-MOST_PROMPTS)
      prompts.push({ prompt: here() })
    },
    B() {
      const last = prompts.at(-1)
      if (last && !last.output) last.input = { marker: here(), column: terminal.buffer.active.cursorX }
    },
    C() {
      const last = prompts.at(-1)
      if (!last || last.output) return
      last.output = here()
      last.text = typedAt(last)
      if (options.isOld()) return
      last.startedAt = performance.now()
      options.onStarted(last.text)
    },
    D: (parameter) => end(parameter !== undefined && /^\d{1,10}$/.test(parameter) ? Number(parameter) : undefined),
  }
  terminal.parser.registerOscHandler(133, (data) => {
    const [letter = '', parameter] = data.slice(0, 200).split(';')
    // A full-screen program has no prompts.
    if (terminal.buffer.active.type === 'normal') steps[letter]?.(parameter)
    return true
  })

  function end(code: number | undefined) {
    const last = prompts.at(-1)
    if (!last?.output || last.end) return
    last.end = here()
    if (last.startedAt === undefined) return
    const command = { text: last.text ?? '', tookMs: performance.now() - last.startedAt, code }
    const words = options.describe(command)
    if (words !== undefined) showTook(terminal, last.input?.marker ?? last.prompt, words, (code ?? 0) !== 0)
    options.onEnded(command)
  }
  /** What stands between the prompt and the output, where that is one line. */
  function typedAt({ input, output }: Prompt): string {
    if (!input || !output || input.marker.isDisposed) return ''
    const { active } = terminal.buffer
    const line = lineAt(active, input.marker.line)
    if (!line || line.row + line.rows < output.line) return ''
    const before = active.getLine(input.marker.line)?.translateToString(false, 0, input.column).length ?? 0
    const offset = (input.marker.line - line.row) * terminal.cols
    return line.text.slice(offset + before).trim()
  }

  return {
    get any() {
      return prompts.length > 0
    },
    get running() {
      const last = prompts.at(-1)
      return last?.output !== undefined && last.end === undefined
    },
    jump(direction) {
      const { viewportY } = terminal.buffer.active
      const rows = prompts.filter(({ prompt }) => !prompt.isDisposed).map(({ prompt }) => prompt.line)
      const row = direction === 'up' ? rows.findLast((line) => line < viewportY) : rows.find((line) => line > viewportY)
      if (row !== undefined) terminal.scrollToLine(row)
      else if (direction === 'down') terminal.scrollToBottom()
    },
    selectOutput(row) {
      const printed = prompts.filter(
        ({ output, end }) => output && !output.isDisposed && (end?.line ?? Number.POSITIVE_INFINITY) > output.line,
      )
      const there = row === undefined ? undefined : printed.findLast(({ prompt }) => prompt.line <= row)
      const chosen = there ?? printed.at(-1)
      if (!chosen?.output) return false
      const { active } = terminal.buffer
      terminal.selectLines(chosen.output.line, Math.max(chosen.output.line, (chosen.end?.line ?? active.baseY + active.cursorY + 1) - 1))
      return true
    },
    reset: () => end(undefined),
  }
}
