// biome-ignore-all lint/suspicious/noControlCharactersInRegex: they are what is looked for.

import type { Text } from '@codemirror/state'

/** A log is shown so far back, in lines and in characters; what is older is on the host. */
export const MOST_LINES = 10_000
const MOST_CHARACTERS = 4 * 1024 * 1024
/** A longer line is broken: to draw it would take the page's whole time. */
const LONGEST_LINE = 4_000

/**
 * Colours and the like (ECMA-48, 5.4 and 5.6): CSI, then OSC and the other strings with their ends, then what else begins with ESC. A
 * string's text is in the first group, its end in the second.
 */
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_]([^\x07\x1b\n]{0,4096})(\x07|\x1b\\)?|\x1b[ -/]*[0-OQ-WYZ\\`-~]/g

export interface LogLines {
  /** What there is to add to what is shown: whole lines, or the beginning of one. */
  push(text: string): string
  /** Something of ours in a line of its own. */
  note(text: string): string
  reset(): void
}

/** Makes plain text of what a log has, however it was cut up on its way. */
export function createLogLines(): LogLines {
  /** An escape sequence or a CR whose end has not come. */
  let unfinished = ''
  /** Of the line that is being written. */
  let length = 0
  return {
    push(text) {
      const whole = unfinished + text
      const cut = endOfFinished(whole)
      unfinished = whole.slice(cut)
      const plain = whole.slice(0, cut).replace(ESCAPES, '').replace(/\r+\n/g, '\n').replace(/\r/g, '\n')
      const lines = plain.split('\n')
      const added = lines.map((line, index) => broken(line, index === 0 ? length : 0)).join('\n')
      length = added.length - (added.lastIndexOf('\n') + 1) + (lines.length === 1 && !added.includes('\n') ? length : 0)
      return added
    },
    note(text) {
      const added = `${length > 0 ? '\n' : ''}${text}\n`
      length = 0
      unfinished = ''
      return added
    },
    reset() {
      length = 0
      unfinished = ''
    },
  }
}

function broken(line: string, before: number): string {
  if (before + line.length <= LONGEST_LINE) return line
  const pieces = [line.slice(0, Math.max(0, LONGEST_LINE - before))]
  for (let at = pieces[0]?.length ?? 0; at < line.length; at += LONGEST_LINE) pieces.push(line.slice(at, at + LONGEST_LINE))
  return pieces.join('\n')
}

/** Longer than any that means something. */
const LONGEST_ESCAPE = 4_096

function endOfFinished(text: string): number {
  const last = text.lastIndexOf('\x1b')
  if (last >= 0 && text.length - last < LONGEST_ESCAPE) {
    const found = [...text.slice(last).matchAll(ESCAPES)][0]
    const mayGoOn = found?.[1] !== undefined && found[2] === undefined && last + found[0].length === text.length
    if (!found || mayGoOn) return last
  }
  return text.endsWith('\r') ? text.length - 1 : text.length
}

/** How many characters go at the beginning, so that what is left is not too much. */
export function surplus(doc: Pick<Text, 'lines' | 'length' | 'line' | 'lineAt'>): number {
  const from = doc.lines > MOST_LINES ? doc.line(doc.lines - MOST_LINES + 1).from : 0
  return doc.length - from > MOST_CHARACTERS ? doc.lineAt(doc.length - MOST_CHARACTERS).to : from
}
