import { isUtf8 } from 'node:buffer'
import type { LineEnds, TextContent, TextEncoding } from '../../contract/models/text-file.ts'

const BOM = '\ufeff'
const CODECS: Readonly<Record<TextEncoding, { readonly name: BufferEncoding; readonly mark: string; readonly swapped?: true }>> = {
  'utf-8': { name: 'utf8', mark: '' },
  'utf-8-bom': { name: 'utf8', mark: BOM },
  'utf-16le': { name: 'utf16le', mark: BOM },
  'utf-16be': { name: 'utf16le', mark: BOM, swapped: true },
  latin1: { name: 'latin1', mark: '' },
}

/** The text of a file's bytes, such that `encodeText` gives exactly these bytes again; undefined when they are no text. */
export function decodeText(bytes: Buffer): TextContent | undefined {
  const encoding = encodingOf(bytes)
  if (!encoding) return undefined
  const { name, mark, swapped } = CODECS[encoding]
  const whole = (swapped ? swap(bytes) : bytes).toString(name)
  const text = whole.slice(mark.length)
  const ends = lineEndsOf(text)
  return { text: ends === 'crlf' ? text.replaceAll('\r\n', '\n') : text, encoding, lineEnds: ends }
}

/** Throws UnwritableCharacter where the encoding has none for one. */
export function encodeText({ text, encoding, lineEnds }: TextContent): Buffer {
  const { name, mark, swapped } = CODECS[encoding]
  const whole = mark + (lineEnds === 'crlf' ? text.replace(/\r?\n/g, '\r\n') : text)
  const problem = (encoding === 'latin1' ? BEYOND_LATIN1 : LONE_SURROGATE).exec(whole)
  if (problem) throw new UnwritableCharacter(problem[0])
  const bytes = Buffer.from(whole, name)
  return swapped ? swap(bytes) : bytes
}

export class UnwritableCharacter extends Error {
  readonly character: string

  constructor(character: string) {
    super('a character that the encoding does not have')
    this.character = character
  }
}

const BEYOND_LATIN1 = /[^\0-\xff]/u
const LONE_SURROGATE = /\p{Cs}/u

function encodingOf(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && isUtf16(bytes)) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff && isUtf16(swap(bytes))) return 'utf-16be'
  if (bytes.includes(0)) return undefined
  if (!isUtf8(bytes)) return 'latin1'
  return bytes.subarray(0, 3).equals(Buffer.from(BOM)) ? 'utf-8-bom' : 'utf-8'
}

function isUtf16(bytes: Buffer): boolean {
  if (bytes.length % 2 !== 0) return false
  const text = bytes.toString('utf16le')
  return text.isWellFormed() && !text.includes('\0')
}

function swap(bytes: Buffer): Buffer {
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16() : bytes
}

/** A file without any line end is as the hosts' own are. */
function lineEndsOf(text: string): LineEnds {
  if (!text.includes('\r')) return 'lf'
  return /(?:^|[^\r])\n|\r(?!\n)/.test(text) ? 'mixed' : 'crlf'
}
