import { constants, promises as fs, type Stats } from 'node:fs'
import { join } from 'node:path'
import { eachAtOnce } from '../files/each-at-once.ts'
import { bytesOf, textOf } from '../files/names.ts'
import { type Attributes, type NamedEntry, STATUS } from '../ssh/sftp/packets.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import type { Handle, Sftp } from '../ssh/sftp/sftp.ts'
import { onDisk } from '../transfers/on-disk.ts'
import { inside, seenFrom } from './inside.ts'

const FACTS_AT_ONCE = 64
const FLAGS = {
  read: constants.O_RDONLY,
  update: constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  'create-new': constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
}

/** A folder of this computer as if it were a host, so that whatever lists and changes files there does it here. Nothing leads out of it. */
export function openDisk(folder: string): Sftp {
  const open = new Map<string, fs.FileHandle>()
  let lastHandle = 0

  /** The thing itself, be it a link; the folder is one too. */
  const at = async (path: Buffer) => onDisk(await inside(folder, textOf(path), 'entry'))
  const atEnd = async (path: Buffer) => onDisk(await inside(folder, textOf(path), 'end'))
  const file = (handle: Handle) => {
    const found = open.get(handle.toString('latin1'))
    if (!found) throw new SftpRefusal(STATUS.FAILURE, 'closed')
    return found
  }
  const disk: Sftp = {
    by: 'local',
    can: (extension) => extension === 'statvfs@openssh.com',
    limits: unsupported,
    realpath: told(async (path) => bytesOf(await seenFrom(folder, await inside(folder, textOf(path), 'end')))),
    stat: told(async (path) => attributesOf(await fs.stat(await atEnd(path)))),
    lstat: told(async (path) => attributesOf(await fs.lstat(await at(path)))),
    setstat: told(async (path, changes) => {
      const handle = await fs.open(await at(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
      await give(handle, changes).finally(() => handle.close())
    }),
    lsetstat: unsupported,
    list: told(async (path, { most, signal }) => {
      const real = await inside(folder, textOf(path), 'end')
      const names = await fs.readdir(onDisk(real), { encoding: 'buffer' })
      const entries: NamedEntry[] = []
      await eachAtOnce(names.slice(0, most), FACTS_AT_ONCE, async (name) => {
        signal?.throwIfAborted()
        // What is gone by now is in no list.
        const facts = await fs.lstat(onDisk(join(real, textOf(name)))).catch(() => undefined)
        if (facts) entries.push({ name, line: Buffer.alloc(0), attributes: attributesOf(facts) })
      })
      return { entries, more: names.length > most }
    }),
    mkdir: told(async (path, { mode } = {}) => fs.mkdir(await at(path), { mode: mode ?? 0o777 })),
    rmdir: told(async (path) => fs.rmdir(await at(path))),
    remove: told(async (path) => fs.unlink(await at(path))),
    rename: told(async (from, to) => {
      const place = await at(to)
      // A rename of the system's would take its place.
      if (await fs.lstat(place).catch(() => undefined)) throw new SftpRefusal(STATUS.FAILURE, 'EEXIST')
      await fs.rename(await at(from), place)
    }),
    posixRename: unsupported,
    replace: unsupported,
    readlink: told(async (path) => fs.readlink(await at(path), { encoding: 'buffer' })),
    symlink: told(async (target, path) => fs.symlink(onDisk(textOf(target)), await at(path))),
    hardlink: unsupported,
    statvfs: told(async (path) => {
      const { blocks, bfree, bavail, bsize } = await fs.statfs(await atEnd(path))
      return { total: blocks * bsize, free: bfree * bsize, available: bavail * bsize }
    }),
    open: told(async (path, how, { mode } = {}) => {
      const opened = await fs.open(await at(path), FLAGS[how] | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), mode ?? 0o666)
      lastHandle += 1
      open.set(String(lastHandle), opened)
      return Buffer.from(String(lastHandle))
    }),
    read: told(async (handle, place, position) => (await file(handle).read(place, 0, place.length, position)).bytesRead),
    write: told(async (handle, data, position) => {
      for (let done = 0; done < data.length; )
        done += (await file(handle).write(data, done, data.length - done, position + done)).bytesWritten
    }),
    fstat: told(async (handle) => attributesOf(await file(handle).stat())),
    fsetstat: told(async (handle, changes) => give(file(handle), changes)),
    fsync: unsupported,
    copyData: unsupported,
    close: told(async (handle) => {
      const opened = file(handle)
      open.delete(handle.toString('latin1'))
      await opened.close()
    }),
    closed: new Promise(() => undefined),
    isClosed: false,
    end: () => undefined,
  }
  return disk
}

async function unsupported(): Promise<never> {
  throw new SftpRefusal(STATUS.UNSUPPORTED, '')
}

const STATUS_OF: Readonly<Record<string, number>> = {
  ENOENT: STATUS.NO_SUCH_FILE,
  ENOTDIR: STATUS.NO_SUCH_FILE,
  EACCES: STATUS.PERMISSION_DENIED,
  EPERM: STATUS.PERMISSION_DENIED,
}

/** The system's no, as a server's: its code alone, because its own sentence has a path of this computer in it. */
function told<Args extends readonly unknown[], Value>(ask: (...args: Args) => Promise<Value>): (...args: Args) => Promise<Value> {
  return async (...args) => {
    try {
      return await ask(...args)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (!(error instanceof Error) || typeof code !== 'string' || !('syscall' in error)) throw error
      throw new SftpRefusal(STATUS_OF[code] ?? STATUS.FAILURE, code)
    }
  }
}

function attributesOf({ size, mode, uid, gid, mtimeMs, atimeMs }: Stats): Attributes {
  return { size, mode, uid, gid, modified: Math.floor(mtimeMs / 1000), accessed: Math.floor(atimeMs / 1000) }
}

async function give(handle: fs.FileHandle, { mode, modified, accessed = modified }: Attributes): Promise<void> {
  if (mode !== undefined) await handle.chmod(mode & 0o7777)
  if (modified !== undefined && accessed !== undefined) await handle.utimes(accessed, modified)
}
