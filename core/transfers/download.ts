import { createHash } from 'node:crypto'
import { constants, promises as fs } from 'node:fs'
import { dirname } from 'node:path'
import { SftpBroken } from '../ssh/sftp/requests.ts'
import { cancelled, UserError } from '../user-error.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { createCheckpoints, isSame, type Ledger, partOf, TAIL_BYTES } from './ledger.ts'
import { shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import { pump } from './pump.ts'
import type { Handle, Remote } from './remote.ts'
import type { RemoteFacts } from './remote-facts.ts'
import { borrow, giveBack } from './small-memory.ts'
import type { TarLane } from './tar-lane.ts'
import { writeSmall } from './write-small.ts'

export interface RemoteFile extends RemoteFacts {
  readonly path: string
}

export interface MoveOptions {
  readonly lanes: Lanes
  readonly ledger: Ledger
  readonly signal: AbortSignal
  readonly tar?: TarLane | undefined
  /** More of the file is there; what an earlier try had moved counts as well. */
  onBytes(count: number): void
}

const FOLLOW_NO_LINK = constants.O_NOFOLLOW ?? 0
/** A file that is written out before it gets its name. Below this a crash of the computer costs less than thousands of flushes do. */
const FLUSH_BYTES = 1024 * 1024
/** What is read of a file that says it is empty, as those of /proc do. */
const MOST_UNSAID_BYTES = 64 * 1024 * 1024

/**
 * One file, to `target`, replacing what is there at the very end: until then it is `<target>.<job>.part`. After a failure the
 * ledger knows how far it came, and the same call goes on from there. Keeps mode and time. Throws UserError.
 */
export async function downloadFile(source: RemoteFile, target: string, o: MoveOptions): Promise<void> {
  try {
    if (source.size <= o.lanes.first.readBytes) await downloadSmall(o.lanes.first, source, target, o)
    else await downloadLarge(source, target, o)
  } catch (error) {
    throw transferError(error, source.path)
  }
}

/** Of at most one request. On any channel: many of them are under way at once. */
export async function downloadSmall(
  sftp: Remote,
  source: RemoteFile,
  target: string,
  { lanes, ledger, signal, tar, onBytes }: MoveOptions,
): Promise<void> {
  await lanes.pace(source.size, signal)
  const bytes = (await tar?.get(source)) ?? (await readWhole(sftp, source))
  if (signal.aborted) throw cancelled()
  writeSmall(partOf(target, ledger), target, bytes, source)
  onBytes(bytes.length)
  giveBack(bytes)
}

async function downloadLarge(source: RemoteFile, target: string, o: MoveOptions): Promise<void> {
  const { lanes, ledger, signal, onBytes } = o
  const { size, mtime } = source
  const part = partOf(target, ledger)
  const file = await fs.open(onDisk(part), constants.O_RDWR | constants.O_CREAT | FOLLOW_NO_LINK, 0o600)
  const checkpoints = createCheckpoints(ledger, async (done) => {
    await file.datasync()
    ledger.set(target, { size, mtime, done })
  })
  try {
    const from = await resumeAt(lanes.first, source, file, target, ledger)
    onBytes(from)
    await checkSpace(target, size - from, source.path)
    await pump({
      lanes,
      from,
      size,
      chunkBytes: lanes.first.readBytes,
      signal,
      openOn: (sftp) => sftp.open(source.path, 'read', { size }),
      async move(sftp, handle, position, buffer) {
        await readFull(sftp, handle, buffer, position, source.path)
        await writeFull(file, buffer, position)
      },
      onMoved(bytes, whole) {
        checkpoints.reached(whole)
        onBytes(bytes)
      },
    })
    await giveFacts(file, source)
    if (size >= FLUSH_BYTES) await file.sync()
  } catch (error) {
    ledger.set(target, { size, mtime, done: checkpoints.latest ?? ledger.get(target)?.done ?? 0 })
    throw error
  } finally {
    await file.close()
  }
  await fs.rename(onDisk(part), onDisk(target))
  ledger.set(target, undefined)
}

/** Where an earlier try got to, if that was the same file and what is there is its beginning; else 0, and the file is emptied. */
async function resumeAt(sftp: Remote, source: RemoteFile, file: fs.FileHandle, target: string, ledger: Ledger): Promise<number> {
  const known = ledger.get(target)
  const { size } = await file.stat()
  if (sftp.resumes && isSame(source, known) && size >= known.done) {
    const length = Math.min(TAIL_BYTES, known.done, sftp.readBytes)
    const [ours, theirs] = [Buffer.alloc(length), Buffer.alloc(length)]
    const handle = await sftp.open(source.path, 'read')
    try {
      await readFull(sftp, handle, theirs, known.done - length, source.path)
    } finally {
      sftp.close(handle).catch(() => undefined)
    }
    await file.read(ours, 0, length, known.done - length)
    if (hash(ours) === hash(theirs)) return known.done
  }
  await file.truncate(0)
  return 0
}

export function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Throws TRANSFER_SOURCE_CHANGED where the file ends early: it was cut, or was never as large as was said. */
export async function readFull(sftp: Remote, handle: Handle, buffer: Buffer, position: number, path: string): Promise<void> {
  for (let filled = 0; filled < buffer.length; ) {
    const bytes = await sftp.read(handle, filled === 0 ? buffer : buffer.subarray(filled), position + filled)
    if (bytes === 0) throw new UserError('TRANSFER_SOURCE_CHANGED', { name: shownName(path) })
    filled += bytes
  }
}

/** Of at most one request, or what says that it is empty. */
export async function readWhole(sftp: Remote, { path, size }: RemoteFile): Promise<Buffer> {
  const handle = await sftp.open(path, 'read', { size })
  try {
    if (size === 0) return await readToEnd(sftp, handle)
    const buffer = borrow(size)
    await readFull(sftp, handle, buffer, 0, path)
    return buffer
  } finally {
    sftp.close(handle).catch(() => undefined)
  }
}

async function readToEnd(sftp: Remote, handle: Handle): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let length = 0; length < MOST_UNSAID_BYTES; ) {
    const buffer = Buffer.allocUnsafe(Math.min(32 * 1024, sftp.readBytes))
    const bytes = await sftp.read(handle, buffer, length)
    if (bytes === 0) return Buffer.concat(chunks)
    chunks.push(buffer.subarray(0, bytes))
    length += bytes
  }
  throw new SftpBroken('endless')
}

async function writeFull(file: fs.FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let written = 0; written < buffer.length; ) {
    written += (await file.write(buffer, written, buffer.length - written, position + written)).bytesWritten
  }
}

async function giveFacts(file: fs.FileHandle, { mode, mtime }: RemoteFacts): Promise<void> {
  await file.chmod(mode)
  await file.utimes(mtime, mtime)
}

async function checkSpace(target: string, needed: number, path: string): Promise<void> {
  const { bavail, bsize } = await fs.statfs(onDisk(dirname(target))).catch(() => ({ bavail: Number.POSITIVE_INFINITY, bsize: 1 }))
  if (bavail * bsize < needed) throw new UserError('TRANSFER_NO_SPACE', { name: shownName(path), side: 'here' })
}
