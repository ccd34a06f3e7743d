import { randomBytes } from 'node:crypto'
import { textOf } from '../files/names.ts'
import { type Attributes, STATUS } from '../ssh/sftp/packets.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'

export interface Replaced {
  readonly path: Buffer
  readonly bytes: Buffer
  /** As they were, and as they stay. */
  readonly attributes: Attributes
}

const PERMISSIONS = 0o7777

/**
 * Writes a new file beside it, with the same owner and mode, and puts it in its place: whoever reads sees the old or the new, never
 * half of one. False, with nothing changed, where the folder or the owner does not allow it. `check` runs last and may throw.
 */
export async function replaceFile(sftp: Sftp, { path, bytes, attributes }: Replaced, check: () => Promise<void>): Promise<boolean> {
  const beside = besideOf(path)
  const handle = await sftp.open(beside, 'create-new', { mode: 0o600 }).catch((error) => {
    if (isRefusal(error)) return undefined
    throw error
  })
  if (!handle) return false
  let open = true
  try {
    if (!(await takesOver(sftp, handle, attributes))) return false
    await sftp.write(handle, bytes, 0)
    await flush(sftp, handle)
    open = false
    await sftp.close(handle)
    await check()
    await sftp.replace(beside, path)
    return true
  } finally {
    if (open) await sftp.close(handle).catch(() => undefined)
    // After the renaming there is nothing of that name.
    await sftp.remove(beside).catch(() => undefined)
  }
}

/** Over what is there: other names of the same file stay names of it. What cannot be written whole is put back as it was. */
export async function writeInPlace(sftp: Sftp, { path, bytes }: Replaced, before: Buffer): Promise<void> {
  const handle = await sftp.open(path, 'update')
  try {
    await fill(sftp, handle, bytes).catch(async (error) => {
      await fill(sftp, handle, before).catch(() => undefined)
      throw error
    })
  } finally {
    await sftp.close(handle).catch(() => undefined)
  }
}

/** Throws SftpRefusal where something is there already. */
export async function writeNew(sftp: Sftp, path: Buffer, bytes: Buffer): Promise<void> {
  const handle = await sftp.open(path, 'create-new')
  try {
    await sftp.write(handle, bytes, 0)
    await flush(sftp, handle)
  } catch (error) {
    await sftp.remove(path).catch(() => undefined)
    throw error
  } finally {
    await sftp.close(handle).catch(() => undefined)
  }
}

async function fill(sftp: Sftp, handle: Buffer, bytes: Buffer): Promise<void> {
  await sftp.write(handle, bytes, 0)
  await sftp.fsetstat(handle, { size: bytes.length })
  await flush(sftp, handle)
}

async function flush(sftp: Sftp, handle: Buffer): Promise<void> {
  if (sftp.can('fsync@openssh.com')) await sftp.fsync(handle)
}

/** The owner first: changing it takes the set-id bits away. What the server says afterwards counts, not that it did not refuse. */
async function takesOver(sftp: Sftp, handle: Buffer, { uid, gid, mode }: Attributes): Promise<boolean> {
  const own = await sftp.fstat(handle)
  try {
    if (uid !== undefined && gid !== undefined && (own.uid !== uid || own.gid !== gid)) await sftp.fsetstat(handle, { uid, gid })
    if (mode !== undefined) await sftp.fsetstat(handle, { mode: mode & PERMISSIONS })
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
  const now = await sftp.fstat(handle)
  return now.uid === uid && now.gid === gid && ((now.mode ?? 0) & PERMISSIONS) === ((mode ?? 0) & PERMISSIONS)
}

/** A hidden name that nobody else has, no longer than a name may be. */
function besideOf(path: Buffer): Buffer {
  const slash = path.lastIndexOf(0x2f)
  const name = path.subarray(slash + 1, slash + 1 + LONGEST_KEPT)
  return Buffer.concat([path.subarray(0, slash + 1), Buffer.from('.'), name, Buffer.from(`.mooring-${randomBytes(6).toString('hex')}`)])
}
const LONGEST_KEPT = 200

function isRefusal(error: unknown): boolean {
  return error instanceof SftpRefusal && error.status !== STATUS.NO_SUCH_FILE
}

/** How many names a file has: SFTP tells it only in the line that `ls -l` would write. 1 where it cannot be known. */
export async function namesOf(sftp: Sftp, path: Buffer): Promise<number> {
  const slash = path.lastIndexOf(0x2f)
  const wanted = path.subarray(slash + 1)
  const { entries } = await sftp.list(slash === 0 ? Buffer.from('/') : path.subarray(0, slash), { most: MOST_LISTED }).catch((error) => {
    if (error instanceof SftpRefusal) return { entries: [] }
    throw error
  })
  const line = entries.find(({ name }) => name.equals(wanted))?.line
  return Number(LINKS.exec(line ? textOf(line.subarray(0, 64)) : '')?.[1] ?? 1)
}
/** `-rw-r--r--    2 root …` */
const LINKS = /^[-a-z][-rwxsStT]{9}\S?\s+(\d{1,6})\s/
const MOST_LISTED = 50_000
