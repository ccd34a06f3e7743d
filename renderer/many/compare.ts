import { Chunk } from '@codemirror/merge'
import { Text } from '@codemirror/state'

export interface DiffLine {
  /** `skip`: so many equal lines are left out, whose number is its text. */
  readonly kind: 'same' | 'gone' | 'new' | 'skip'
  readonly text: string
}

/** Equal lines that are shown around each difference. */
const AROUND = 2

/** What the second has another way than the first, line by line. Pure. */
export function compareLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [toText(before), toText(after)]
  const lines: DiffLine[] = []
  let at = 0
  for (const chunk of Chunk.build(a, b)) {
    const [fromA, toA] = [lineAt(a, chunk.fromA), lineAt(a, chunk.toA)]
    const [fromB, toB] = [lineAt(b, chunk.fromB), lineAt(b, chunk.toB)]
    lines.push(...equal(textOf(a, at, fromA), lines.length > 0, true))
    lines.push(...textOf(a, fromA, toA).map((text) => ({ kind: 'gone' as const, text })))
    lines.push(...textOf(b, fromB, toB).map((text) => ({ kind: 'new' as const, text })))
    at = toA
  }
  return [...lines, ...equal(textOf(a, at, a.lines - 1), lines.length > 0, false)]
}

/** With an empty line at its end that is in both, so that every difference ends where a line begins. */
function toText(output: string): Text {
  const written = output.trimEnd()
  return Text.of([...(written === '' ? [] : written.split('\n')), ''])
}

/** Lines before this position, which is a line's beginning. */
function lineAt(text: Text, position: number): number {
  return text.lineAt(Math.min(position, text.length)).number - 1
}

function textOf(text: Text, from: number, to: number): readonly string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => text.line(from + index + 1).text)
}

function equal(texts: readonly string[], afterChange: boolean, beforeChange: boolean): readonly DiffLine[] {
  const [first, last] = [afterChange ? AROUND : 0, beforeChange ? AROUND : 0]
  const same = (lines: readonly string[]) => lines.map((text) => ({ kind: 'same' as const, text }))
  if (texts.length <= first + last + 1) return same(texts)
  const skipped = { kind: 'skip' as const, text: String(texts.length - first - last) }
  return [...same(texts.slice(0, first)), skipped, ...(last > 0 ? same(texts.slice(-last)) : [])]
}
