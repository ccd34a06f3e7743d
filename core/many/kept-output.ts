import { createHash } from 'node:crypto'
import type { ManyOutput } from '../../contract/models/many.ts'
import { plainOutput } from '../jobs/plain-output.ts'

/** What a command printed: its beginning and its end, however much stood between. */
export interface KeptOutput {
  readonly bytes: number
  push(text: string, bytes: number): void
  /** Plain: escape sequences are gone, so that nothing acts on whoever reads it. */
  read(): ManyOutput
  /** The last line that has something in it. */
  last(): string
  /** The same for the same text. */
  digest(): string
}

const LAST_CHARACTERS = 200
/** Behind this an escape sequence that has not ended is none. */
const LINE_CHARACTERS = 1_000

export function createKeptOutput(mostCharacters: number): KeptOutput {
  const mostHead = Math.ceil(mostCharacters * 0.75)
  const mostTail = Math.max(LINE_CHARACTERS, mostCharacters - mostHead)
  let [head, tail, left, bytes] = ['', '', 0, 0]

  function read(): ManyOutput {
    return { text: plainOutput(left > 0 ? `${head}\n…\n${tail}` : head + tail), left }
  }
  return {
    get bytes() {
      return bytes
    },
    push(text, size) {
      bytes += size
      const forHead = text.slice(0, mostHead - head.length)
      head += forHead
      const grown = tail + text.slice(forHead.length)
      tail = grown.slice(-mostTail)
      left += grown.length - tail.length
    },
    read,
    last() {
      const lines = plainOutput((head + tail).slice(-LINE_CHARACTERS))
        .trimEnd()
        .split('\n')
      return (lines.at(-1) ?? '').replaceAll('\t', ' ').slice(0, LAST_CHARACTERS)
    },
    digest() {
      const { text } = read()
      return createHash('sha256').update(`${left}\n${text.trimEnd()}`).digest('base64url')
    },
  }
}
