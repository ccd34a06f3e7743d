import { BLOCK } from './tar.ts'

/** One entry, as the stream says it is: hostile until checked. */
export interface ReadEntry {
  readonly name: Buffer
  /** A file with bytes of its own: neither a link, of either kind, nor a folder, a device or a sparse file. */
  readonly isFile: boolean
  readonly bytes: Buffer
}

/** What is no tar archive, or one that nobody asked for. */
export class TarBroken extends Error {}

/** Of a name, or of what pax says of an entry: more than any system takes. */
const MOST_NAME_BYTES = 64 * 1024

/**
 * Reads tar as GNU's, busybox's and bsdtar's programs write it, one archive after the other, and calls `onEntry` for each entry that is
 * whole. `mostBytes`: of one entry. `push` throws TarBroken, and whatever `onEntry` throws; nothing more is to be pushed then.
 */
export function createTarReader(mostBytes: number, onEntry: (entry: ReadEntry) => void): { push(bytes: Buffer): void } {
  let rest: Buffer = Buffer.alloc(0)
  /** For the entry that comes next. */
  let said: { readonly name?: Buffer | undefined; readonly size?: number | undefined } = {}

  function entryAt(at: number): number {
    const header = rest.subarray(at, at + BLOCK)
    if (header.length < BLOCK) return 0
    if (isEmpty(header)) return BLOCK
    if (!hasItsSum(header)) throw new TarBroken('no header')
    const type = header.toString('latin1', TYPE, TYPE + 1)
    const ofNext = OF_NEXT.has(type)
    const size = (ofNext ? undefined : said.size) ?? numberAt(header, 124, 12)
    if (size > (ofNext ? MOST_NAME_BYTES : mostBytes)) throw new TarBroken('too large')
    const from = at + BLOCK
    const length = BLOCK + Math.ceil(size / BLOCK) * BLOCK
    if (rest.length < at + length) return 0
    const bytes = rest.subarray(from, from + size)
    if (type === 'L') said = { ...said, name: untilZero(bytes) }
    else if (type === 'x') said = { ...said, ...paxOf(bytes) }
    else if (!ofNext) {
      const { name = nameIn(header) } = said
      said = {}
      onEntry({ name, isFile: type === '0' || type === '\0', bytes })
    }
    return length
  }

  return {
    push(bytes) {
      rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
      let at = 0
      for (let length = entryAt(at); length > 0; length = entryAt(at)) at += length
      rest = rest.subarray(at)
    },
  }
}

const TYPE = 156
const SUM = 148
/** GNU's long names, of entries and of what links lead to; pax's, for one entry and for all that follow. */
const OF_NEXT = new Set(['L', 'K', 'x', 'g'])

function isEmpty(header: Buffer): boolean {
  return header.every((byte) => byte === 0)
}

function hasItsSum(header: Buffer): boolean {
  // The sum's own eight bytes count as blanks.
  let sum = 8 * 0x20
  for (let at = 0; at < BLOCK; at++) if (at < SUM || at >= SUM + 8) sum += header[at] ?? 0
  return numberAt(header, SUM, 8) === sum
}

/** Octal, or GNU's way for what is larger. */
function numberAt(header: Buffer, at: number, length: number): number {
  if (header[at] === 0x80) return Number(header.readBigUInt64BE(at + length - 8))
  const text = untilZero(header.subarray(at, at + length))
    .toString('latin1')
    .trim()
  if (!/^[0-7]*$/.test(text)) throw new TarBroken('no number')
  return Number.parseInt(text || '0', 8)
}

/** POSIX's has a second field for the folders before it; in GNU's the same place holds other things. */
function nameIn(header: Buffer): Buffer {
  const name = untilZero(header.subarray(0, 100))
  const folders = header.toString('latin1', 257, 263) === 'ustar\0' ? untilZero(header.subarray(345, 500)) : Buffer.alloc(0)
  return folders.length > 0 ? Buffer.concat([folders, Buffer.from('/'), name]) : name
}

function untilZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

/** Lines of `<length> <keyword>=<value>`, of which names and sizes count here. */
function paxOf(bytes: Buffer): { name?: Buffer; size?: number } {
  const found: { name?: Buffer; size?: number } = {}
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(' ', at)
    const length = Number(bytes.toString('latin1', at, blank))
    const equals = bytes.indexOf('=', blank)
    const end = at + length
    if (blank < 0 || equals < 0 || !Number.isInteger(length) || end <= equals || end > bytes.length) throw new TarBroken('no pax')
    const value = bytes.subarray(equals + 1, end - 1)
    const keyword = bytes.toString('latin1', blank + 1, equals)
    if (keyword === 'path') found.name = value
    if (keyword === 'size')
      found.size = /^[0-9]{1,15}$/.test(value.toString('latin1')) ? Number(value.toString('latin1')) : Number.MAX_VALUE
    at = end
  }
  return found
}
