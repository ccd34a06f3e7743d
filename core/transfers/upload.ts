import { SftpRefusal } from '../ssh/sftp/requests.ts'
import { cancelled, UserError } from '../user-error.ts'
import { hash, type MoveOptions } from './download.ts'
import { transferError } from './failures.ts'
import { createCheckpoints, isSame, type Ledger, partOf, TAIL_BYTES } from './ledger.ts'
import { shownName } from './names.ts'
import { pump } from './pump.ts'
import type { Handle, Remote } from './remote.ts'
import { borrow, giveBack } from './small-memory.ts'
import type { Source } from './source.ts'

/** As `downloadFile`, the other way: until the very end it is `<target>.<job>.part` on the host. */
export async function uploadFile(source: Source, target: string, o: MoveOptions): Promise<void> {
  if (source.size <= o.lanes.first.writeBytes) await uploadSmall(o.lanes.first, source, target, o)
  else await uploadLarge(source, target, o).catch(rethrow(source, o.lanes.first, target))
}

/** Of at most one request. On any channel: many of them are under way at once. */
export async function uploadSmall(sftp: Remote, source: Source, target: string, o: MoveOptions): Promise<void> {
  try {
    const bytes = borrow(source.size)
    await source.read(bytes, 0)
    // By tar many more wait for their turn than a process may have open.
    await source.close()
    await o.lanes.pace(source.size, o.signal)
    if (o.signal.aborted) throw cancelled()
    if (!(await putByTar(sftp, source, target, bytes, o))) {
      const part = partOf(target, o.ledger)
      await writePart(sftp, source, part, bytes)
      await sftp.replace(part, target)
      o.onBytes(bytes.length)
    }
    o.ledger.set(target, undefined)
    giveBack(bytes)
  } catch (error) {
    return rethrow(source, sftp, target)(error)
  }
}

async function writePart(sftp: Remote, source: Source, part: string, bytes: Buffer): Promise<void> {
  const handle = await sftp.open(part, 'create', { size: source.size, ...(source.mode === undefined ? {} : { mode: source.mode }) })
  const steps = [() => sftp.write(handle, bytes, 0), () => giveFacts(sftp, handle, source), () => sftp.close(handle)]
  try {
    if (sftp.inOrder) await allOf(steps.map((step) => step()))
    else for (const step of steps) await step()
  } catch (error) {
    sftp.remove(part).catch(() => undefined)
    throw error
  }
}

/** False: not by tar, and nothing of it counts. */
async function putByTar(
  sftp: Remote,
  source: Source,
  target: string,
  bytes: Buffer,
  { tar, ledger, onBytes }: MoveOptions,
): Promise<boolean> {
  if (!tar?.atOnce) return false
  const part = partOf(target, ledger)
  const { size, mtime } = source
  try {
    if (!(await tar.put(part, source, bytes, onBytes))) return false
    await sftp.replace(part, target)
    return true
  } catch (error) {
    // What cannot be removed now is when the job is cancelled.
    await sftp.remove(part).catch(() => ledger.set(target, { size, mtime, done: 0 }))
    if (!(error instanceof SftpRefusal)) throw error
    tar.distrust()
    onBytes(-bytes.length)
    return false
  }
}

/** All of them end before the first failure is told. */
async function allOf(answers: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(answers)).find((answer) => answer.status === 'rejected')
  if (failed) throw failed.reason
}

async function uploadLarge(source: Source, target: string, o: MoveOptions): Promise<void> {
  const { lanes, ledger, signal, onBytes } = o
  const { first } = lanes
  const { size, mtime } = source
  const part = partOf(target, ledger)
  const note = (done: number) => ledger.set(target, { size, mtime, done })
  const checkpoints = createCheckpoints(ledger, note)
  try {
    const from = await resumeAt(first, source, target, ledger)
    onBytes(from)
    await pump({
      lanes,
      from,
      size,
      chunkBytes: first.writeBytes,
      signal,
      openOn: (sftp) => sftp.open(part, 'update', { size }),
      async move(sftp, handle, position, buffer) {
        await source.read(buffer, position)
        await sftp.write(handle, buffer, position)
      },
      onMoved(bytes, whole) {
        checkpoints.reached(whole)
        onBytes(bytes)
      },
    })
    await source.check()
    const handle = await first.open(part, 'update')
    await giveFacts(first, handle, source)
    await first.fsync(handle)
    await first.close(handle)
  } catch (error) {
    note(checkpoints.latest ?? ledger.get(target)?.done ?? 0)
    throw error
  }
  await first.replace(part, target)
  ledger.set(target, undefined)
}

async function resumeAt(sftp: Remote, source: Source, target: string, ledger: Ledger): Promise<number> {
  const part = partOf(target, ledger)
  const known = ledger.get(target)
  const there = sftp.resumes && !source.fromStart && isSame(source, known) ? await sftp.exists(part) : undefined
  if (known && there?.kind === 'file' && there.size >= known.done) {
    const length = Math.min(TAIL_BYTES, known.done, sftp.readBytes)
    const [ours, theirs] = [Buffer.alloc(length), Buffer.alloc(length)]
    await source.read(ours, known.done - length)
    const handle = await sftp.open(part, 'update')
    try {
      for (let filled = 0; filled < length; ) {
        const bytes = await sftp.read(handle, theirs.subarray(filled), known.done - length + filled)
        if (bytes === 0) break
        filled += bytes
      }
    } finally {
      sftp.close(handle).catch(() => undefined)
    }
    if (hash(ours) === hash(theirs)) return known.done
  }
  await sftp.close(await sftp.open(part, 'create', { mode: 0o600 }))
  const free = await sftp.freeBytes(part)
  if (free !== undefined && free < source.size) throw noSpace(source)
  return 0
}

/** A server's own default where the source has no mode; then only the time is given. */
async function giveFacts(sftp: Remote, handle: Handle, { mode, mtime }: Source): Promise<void> {
  await sftp.setFacts(handle, { mode: mode ?? NEW_FILE_MODE, mtime })
}
const NEW_FILE_MODE = 0o644

/** SFTP 3 has no status for a full disk; the free space tells. */
function rethrow(source: Source, sftp: Remote, target: string) {
  return async (error: unknown): Promise<never> => {
    if (error instanceof SftpRefusal && error.status === FAILURE) {
      const free = await sftp.freeBytes(target.slice(0, target.lastIndexOf('/')) || '/').catch(() => undefined)
      if (free !== undefined && free < Math.max(FULL_BYTES, source.size)) throw noSpace(source)
    }
    throw transferError(error, target)
  }
}
const FAILURE = 4
/** A block or so may be left where nothing fits. */
const FULL_BYTES = 64 * 1024

function noSpace({ name }: Source): UserError {
  return new UserError('TRANSFER_NO_SPACE', { name: shownName(name), side: 'host' })
}
