import { StringDecoder } from 'node:string_decoder'
import { LOG_LIMITS, type LogPart } from '../../contract/models/log-part.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { Channel } from '../files/channels.ts'
import { kindOf } from '../files/entry.ts'
import { isMissing, refused } from '../files/failures.ts'
import { absolute } from '../files/list.ts'
import { bytesOf } from '../files/names.ts'
import { pause } from '../pause.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import { isSameFile } from './same-file.ts'

interface Followed {
  readonly handle: Buffer
  position: number
  /** It begins in the middle of a line, which is left out. */
  inLine: boolean
  decoder: StringDecoder
}

export interface TailOptions {
  readonly path: string
  /** Where an earlier one of the same file came to. */
  readonly after?: number | undefined
  readonly signal: AbortSignal
  /** Resolves when the person has seen it; until then nothing further is read. */
  show(part: LogPart): Promise<void>
}

/** Between two looks at a file that grows, and at one that does not. */
const BUSY_MS = 250
const QUIET_MS = 1_000

/**
 * As `tail -F`, over SFTP: what a file has at its end, and what comes to it, until the signal. A file that is not there is waited for.
 * Throws UserError FILE_REFUSED, FILE_NOT_EDITABLE, CANCELLED.
 */
export async function tail({ sftp, home }: Channel, { path: asked, after, signal, show }: TailOptions): Promise<void> {
  const path = absolute(asked, home)
  const place = bytesOf(path)
  let file: Followed | undefined
  let missing = false

  async function grow(followed: Followed): Promise<boolean> {
    const { size = 0 } = await sftp.fstat(followed.handle)
    if (size < followed.position) {
      Object.assign(followed, startAt(0, followed.handle))
      await show({ kind: 'truncated' })
    }
    const behind = size - followed.position
    if (behind > LOG_LIMITS.behind) {
      Object.assign(followed, startAt(size - LOG_LIMITS.start, followed.handle))
      await show({ kind: 'skipped', bytes: behind - LOG_LIMITS.start })
    }
    const grown = followed.position < size
    while (followed.position < size) {
      const part = await readPart(sftp, followed)
      if (!part) break
      await show(part)
    }
    return grown
  }
  async function close() {
    if (file) void sftp.close(file.handle).catch(() => undefined)
    file = undefined
  }

  try {
    const opened = await openFile(sftp, place, path)
    if (opened) {
      const start = after !== undefined && after <= opened.size ? after : Math.max(0, opened.size - LOG_LIMITS.start)
      file = startAt(start, opened.handle, start > 0 && start !== after)
      await show({ kind: 'started', before: start })
    }
    for (;;) {
      let busy = file ? await grow(file) : false
      const there = await isSameFile(sftp, place, file?.handle)
      if (there === 'missing' && !missing) await show({ kind: 'missing' })
      missing = there === 'missing'
      const next = there === 'other' ? await openFile(sftp, place, path) : undefined
      if (next) {
        if (file) await grow(file)
        await close()
        file = startAt(0, next.handle)
        await show({ kind: 'replaced' })
        busy = true
      }
      await pause(busy ? BUSY_MS : QUIET_MS, signal)
    }
  } catch (error) {
    throw refused(error, path)
  } finally {
    await close()
  }
}

function startAt(position: number, handle: Buffer, inLine = position > 0): Followed {
  return { handle, position, inLine, decoder: new StringDecoder('utf8') }
}

/** Undefined where there is none, or none any more. */
async function openFile(sftp: Sftp, place: Buffer, path: string): Promise<{ handle: Buffer; size: number } | undefined> {
  try {
    // Opening a pipe would wait for whoever writes into it.
    const { size = 0, ...attributes } = await sftp.stat(place)
    const kind = kindOf(attributes)
    if (kind !== 'file' && kind !== 'unknown')
      throw new UserError('FILE_NOT_EDITABLE', { path: shownName(path), problem: 'not-a-file', size: 0 })
    return { handle: await sftp.open(place, 'read'), size }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Undefined at its end. */
async function readPart(sftp: Sftp, followed: Followed): Promise<LogPart | undefined> {
  const bytes = Buffer.alloc(LOG_LIMITS.piece)
  const count = await sftp.read(followed.handle, bytes, followed.position)
  if (count === 0) return undefined
  followed.position += count
  const lineEnd = followed.inLine ? bytes.subarray(0, count).indexOf('\n') : -1
  followed.inLine = false
  return { kind: 'text', text: followed.decoder.write(bytes.subarray(lineEnd + 1, count)), position: followed.position }
}
