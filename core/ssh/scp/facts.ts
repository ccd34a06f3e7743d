import type { Attributes, NamedEntry } from '../sftp/packets.ts'

/** One thing as a host's `stat` or `ls` told it. Throws RangeError for what neither writes. */
export type ReadFacts = (output: Buffer) => Attributes
/** What is in `folder`. Throws RangeError. */
export type ReadEntries = (output: Buffer, folder: Buffer) => NamedEntry[]

const STAT = /^([\da-f]{1,8}) (\d{1,19}) (-?\d{1,12})(?:\.\d+)? (\d{1,10}) (\d{1,10})$/

export const readStat: ReadFacts = (output) => {
  const [, mode, size, modified, uid, gid] = STAT.exec(withoutLineEnd(output).toString('latin1')) ?? []
  if (mode === undefined) throw new RangeError('no facts of a file')
  return {
    mode: Number.parseInt(mode, 16),
    size: Math.min(Number(size), Number.MAX_SAFE_INTEGER),
    uid: Number(uid),
    gid: Number(gid),
    ...times(Number(modified)),
  }
}

/** `facts/owner/group/folder/./name/` and a line end each: no name holds a slash, so nothing in one can end it. */
export const readStats: ReadEntries = (output, folder) => {
  const prefix = Buffer.concat([folder, Buffer.from('/./')])
  const entries: NamedEntry[] = []
  for (let at = 0; at < output.length; ) {
    const [head = '', owner = '', group = ''] = output
      .subarray(at, at + LONGEST_HEAD)
      .toString('latin1')
      .split('/', 3)
    const from = at + head.length + owner.length + group.length + 3
    if (!output.subarray(from, from + prefix.length).equals(prefix)) throw new RangeError('not what was asked for')
    const name = from + prefix.length
    const end = output.indexOf('/\n', name)
    if (end <= name) throw new RangeError('an entry without an end')
    entries.push({
      name: output.subarray(name, end),
      attributes: readStat(Buffer.from(head, 'latin1')),
      // As SFTP has the names of owners: in a line of ls.
      line: Buffer.from(`-rwxrwxrwx 1 ${owner} ${group} 0 `, 'latin1'),
    })
    at = end + 2
  }
  return entries
}
/** Five numbers and two names. */
const LONGEST_HEAD = 600

/** `-rw-r--r--    1 0        0             1234 Jan  1 12:34 …`, or the year in the place of the time: older or newer than half a year. */
const LS =
  /^([-dlcbps])([-rwxsStT]{9})[.+@]? +\d+ +(\d{1,10}) +(\d{1,10}) +(?:(\d{1,19})|\d+, *\d+) +([A-Z][a-z]{2}) +(\d{1,2}) +(?:(\d{1,2}):(\d\d)|(\d{4})) /
const KINDS: Readonly<Record<string, number>> = {
  '-': 0o100000,
  d: 0o040000,
  l: 0o120000,
  c: 0o020000,
  b: 0o060000,
  p: 0o010000,
  s: 0o140000,
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `now`: milliseconds, for the year that a recent date leaves out. */
export function readLs(output: Buffer, now = Date.now()): Attributes {
  const found = LS.exec(output.toString('latin1'))
  if (!found) throw new RangeError('no line of ls')
  const [, kind = '', letters = '', uid, gid, size, month = '', day, hour, minute, year] = found
  const at = (inYear: number) => Date.UTC(inYear, MONTHS.indexOf(month), Number(day), Number(hour ?? 0), Number(minute ?? 0))
  const thisYear = new Date(now).getUTCFullYear()
  const guessed = at(thisYear) > now + DAY_MS ? at(thisYear - 1) : at(thisYear)
  return {
    mode: (KINDS[kind] ?? 0) | modeOf(letters),
    size: Number(size ?? 0),
    uid: Number(uid),
    gid: Number(gid),
    ...times(Math.floor((year === undefined ? guessed : at(Number(year))) / 1000)),
  }
}
const DAY_MS = 24 * 60 * 60 * 1000

/** Pure: `rwxr-sr-t` as bits. */
function modeOf(letters: string): number {
  let mode = 0
  for (const [index, letter] of [...letters].entries()) {
    const bit = 1 << (8 - index)
    if (letter !== '-' && letter !== 'S' && letter !== 'T') mode |= bit
    if (/[sStT]/.test(letter)) mode |= 0o1000 << (2 - Math.floor(index / 3))
  }
  return mode
}

/** `name/length/line` and a line end each, the length in bytes. */
export const readLines: ReadEntries = (output) => {
  const entries: NamedEntry[] = []
  for (let at = 0; at < output.length; ) {
    const first = output.indexOf('/', at)
    const second = output.indexOf('/', first + 1)
    const length = Number(output.subarray(first + 1, second).toString('latin1'))
    if (first <= at || second < 0 || !Number.isInteger(length) || length < 1) throw new RangeError('not what was asked for')
    const line = output.subarray(second + 1, second + 1 + length)
    entries.push({ name: output.subarray(at, first), attributes: readLs(line), line: Buffer.alloc(0) })
    at = second + 1 + length
    if (output[at] !== LINE_END) throw new RangeError('an entry without an end')
    at += 1
  }
  return entries
}
const LINE_END = 0x0a

/** Of `df -Pk`, whose first column may hold anything: the last line's numbers before a percentage. */
export function readDisk(output: Buffer): { total: number; free: number; available: number } {
  const [, blocks, used, available] = /\s(\d{1,16})\s+(\d{1,16})\s+(\d{1,16})\s+\d{1,3}%\s[^%]*$/.exec(output.toString('latin1')) ?? []
  if (blocks === undefined) throw new RangeError('no line of df')
  const bytes = (count: number) => Math.min(count * 1024, Number.MAX_SAFE_INTEGER)
  return { total: bytes(Number(blocks)), free: bytes(Number(blocks) - Number(used)), available: bytes(Number(available)) }
}

export function withoutLineEnd(output: Buffer): Buffer {
  return output.at(-1) === LINE_END ? output.subarray(0, -1) : output
}

function times(modified: number): Pick<Attributes, 'accessed' | 'modified'> {
  const seconds = Math.max(0, modified)
  return { accessed: seconds, modified: seconds }
}
