import { TEXT_LIMITS, type TextFile } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { Channel } from '../files/channels.ts'
import { kindOf } from '../files/entry.ts'
import { refused } from '../files/failures.ts'
import { absolute } from '../files/list.ts'
import { bytesOf, textOf } from '../files/names.ts'
import type { Attributes } from '../ssh/sftp/packets.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import { decodeText } from './encoding.ts'
import { versionOf } from './version.ts'

export interface WholeFile {
  /** At the end of links. */
  readonly path: string
  readonly bytes: Buffer
  readonly attributes: Attributes
}

/** Throws UserError FILE_NOT_EDITABLE or FILE_REFUSED. `large`: the person knows how large it is. */
export async function readText(channel: Channel, path: string, large: boolean): Promise<TextFile> {
  const { bytes, attributes, ...file } = await readWhole(channel, path, large ? TEXT_LIMITS.most : TEXT_LIMITS.ask)
  const content = decodeText(bytes)
  if (!content) throw new UserError('FILE_NOT_EDITABLE', { path: shownName(path), problem: 'binary', size: bytes.length })
  return { ...file, ...content, version: versionOf(bytes, attributes), notUtf8: content.encoding === 'latin1' }
}

/** A file of at most so many bytes. */
export async function readWhole({ sftp, home }: Channel, wanted: string, most: number): Promise<WholeFile> {
  const asked = absolute(wanted, home)
  try {
    const real = await sftp.realpath(bytesOf(asked))
    // Opening a pipe would wait for whoever writes into it.
    const { size = 0, ...before } = await sftp.stat(real)
    const kind = kindOf(before)
    if (kind !== 'file' && kind !== 'unknown') throw notEditable(asked, 'not-a-file', 0)
    if (size > most) throw tooLarge(asked, size)
    const handle = await sftp.open(real, 'read')
    try {
      const bytes = await readAll(sftp, handle, most)
      if (!bytes) throw tooLarge(asked, Math.max(size, most + 1))
      return { path: textOf(real), bytes, attributes: await sftp.fstat(handle) }
    } finally {
      void sftp.close(handle).catch(() => undefined)
    }
  } catch (error) {
    throw refused(error, asked)
  }
}

const READS_AT_ONCE = 16
const READ_BYTES = 32 * 1024

/** Until the file's own end, whatever was said of its size; undefined when it has more than `most` bytes. */
async function readAll(sftp: Sftp, handle: Buffer, most: number): Promise<Buffer | undefined> {
  const whole: Buffer[] = []
  let next = 0
  let end = Number.POSITIVE_INFINITY
  const read = async () => {
    while (next < end && next <= most) {
      const piece = next
      next += READ_BYTES
      const place = Buffer.alloc(READ_BYTES)
      let got = 0
      while (got < place.length) {
        const bytes = await sftp.read(handle, place.subarray(got), piece + got)
        if (bytes === 0) break
        got += bytes
      }
      whole[piece / READ_BYTES] = place.subarray(0, got)
      if (got < place.length) end = Math.min(end, piece + got)
    }
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, read))
  return end <= most ? Buffer.concat(whole).subarray(0, end) : undefined
}

function tooLarge(path: string, size: number): UserError {
  return notEditable(path, size > TEXT_LIMITS.most ? 'too-large' : 'large', size)
}

function notEditable(path: string, problem: 'not-a-file' | 'large' | 'too-large', size: number): UserError {
  return new UserError('FILE_NOT_EDITABLE', { path: shownName(path), problem, size })
}
