import type { Client, ClientChannel } from 'ssh2'
import { readWire, string } from '../wire.ts'
import {
  ANSWER,
  type Attributes,
  attributeBytes,
  type NamedEntry,
  REQUEST,
  readAttributes,
  readNames,
  readUint64,
  STATUS,
  uint32,
  uint64,
} from './packets.ts'
import { type Answer, SftpBroken, SftpRefusal, startRequests } from './requests.ts'

/** Files on a host, by paths that are bytes. Everything throws SftpRefusal or SftpBroken. */
export interface Sftp {
  /** As `posix-rename@openssh.com`. */
  readonly extensions: ReadonlySet<string>
  realpath(path: Buffer): Promise<Buffer>
  /** Follows links; `lstat` does not. */
  stat(path: Buffer): Promise<Attributes>
  lstat(path: Buffer): Promise<Attributes>
  setstat(path: Buffer, attributes: Attributes): Promise<void>
  readlink(path: Buffer): Promise<Buffer>
  /** Without `.` and `..`, at most so many; `more` says that there were more. */
  list(path: Buffer, limits: { most: number; signal?: AbortSignal | undefined }): Promise<{ entries: NamedEntry[]; more: boolean }>
  open(path: Buffer, flags: readonly OpenFlag[], mode?: number): Promise<OpenFile>
  remove(path: Buffer): Promise<void>
  makeFolder(path: Buffer, mode?: number): Promise<void>
  removeFolder(path: Buffer): Promise<void>
  /** Does not replace what is there. */
  rename(from: Buffer, to: Buffer): Promise<void>
  /** Replaces it in one step; only where the extension is offered. */
  replace(from: Buffer, to: Buffer): Promise<void>
  /** Free bytes for this user; undefined where the server cannot say. */
  free(path: Buffer): Promise<{ free: number; total: number } | undefined>
  readonly closed: Promise<SftpBroken>
  close(): void
}

export interface OpenFile {
  stat(): Promise<Attributes>
  /** Empty at the end of the file. Never more than asked for. */
  read(offset: number, length: number): Promise<Buffer>
  write(offset: number, bytes: Buffer): Promise<void>
  setstat(attributes: Attributes): Promise<void>
  /** To the disk, where the server can be asked for it. */
  sync(): Promise<void>
  close(): Promise<void>
}

const FLAGS = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const
export type OpenFlag = keyof typeof FLAGS

/** READDIRs under way at once: a server gives about a hundred names for each, and a round trip may take long. */
const LISTS_AT_ONCE = 16
/** What a listing may weigh: a server that invents names does not fill the memory. */
const MOST_LISTED_BYTES = 128 * 1024 * 1024
const POSIX_RENAME = 'posix-rename@openssh.com'
const FSYNC = 'fsync@openssh.com'
const STATVFS = 'statvfs@openssh.com'

/** Throws ssh2's error where the server has no SFTP, or no room for one channel more. */
export async function openSftp(client: Client): Promise<Sftp> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.subsys('sftp', (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  return startSftp(channel)
}

/** On a channel at whose other end an SFTP server listens. */
export async function startSftp(channel: ClientChannel, silenceMs?: number): Promise<Sftp> {
  const requests = await startRequests(channel, silenceMs)
  const { ask, extensions } = requests

  async function expecting<Value>(type: number, answer: Promise<Answer>, read: (body: Buffer) => Value): Promise<Value> {
    const { type: got, body } = await answer
    try {
      if (got !== type) throw new RangeError(`answer of type ${got}`)
      return read(body)
    } catch (cause) {
      requests.close()
      throw new SftpBroken('garbled', { cause })
    }
  }
  const done = (answer: Promise<Answer>) => expecting(ANSWER.STATUS, answer, () => undefined)
  const attributes = (answer: Promise<Answer>) => expecting(ANSWER.ATTRS, answer, (body) => readAttributes(readWire(body)))
  const handle = (answer: Promise<Answer>) => expecting(ANSWER.HANDLE, answer, (body) => readWire(body).string())
  const oneName = (answer: Promise<Answer>) =>
    expecting(ANSWER.NAME, answer, (body) => {
      const [first] = readNames(readWire(body))
      if (!first) throw new RangeError('no name')
      return first.name
    })

  async function page(folder: Buffer): Promise<NamedEntry[] | undefined> {
    try {
      return await expecting(ANSWER.NAME, ask(REQUEST.READDIR, string(folder)), (body) => readNames(readWire(body)))
    } catch (error) {
      if (error instanceof SftpRefusal && error.status === STATUS.EOF) return undefined
      throw error
    }
  }

  async function list(path: Buffer, { most, signal }: { most: number; signal?: AbortSignal | undefined }) {
    const folder = await handle(ask(REQUEST.OPENDIR, string(path)))
    const entries: NamedEntry[] = []
    let bytes = 0
    let ended = false
    const wanted = () => !ended && entries.length <= most && bytes < MOST_LISTED_BYTES && !signal?.aborted
    const readPage = async () => {
      const names = await page(folder)
      if (!names || names.length === 0) ended = true
      for (const entry of names ?? []) {
        bytes += entry.name.length + entry.line.length
        if (!isDots(entry.name)) entries.push(entry)
      }
    }
    const read = async () => {
      while (wanted()) await readPage()
    }
    try {
      // The first alone: most folders are read by it, and a further one asks in vain.
      await readPage()
      await Promise.all(Array.from({ length: LISTS_AT_ONCE }, read))
      signal?.throwIfAborted()
    } finally {
      void ask(REQUEST.CLOSE, string(folder)).catch(() => undefined)
    }
    return { entries: entries.slice(0, most), more: !ended || entries.length > most }
  }

  function openFile(file: Buffer): OpenFile {
    return {
      stat: () => attributes(ask(REQUEST.FSTAT, string(file))),
      async read(offset, length) {
        try {
          const data = await expecting(ANSWER.DATA, ask(REQUEST.READ, string(file), uint64(offset), uint32(length)), (body) => {
            const bytes = readWire(body).string()
            if (bytes.length > length) throw new RangeError('more than was asked for')
            return bytes
          })
          return data
        } catch (error) {
          if (error instanceof SftpRefusal && error.status === STATUS.EOF) return Buffer.alloc(0)
          throw error
        }
      },
      write: (offset, bytes) => done(ask(REQUEST.WRITE, string(file), uint64(offset), string(bytes))),
      setstat: (changes) => done(ask(REQUEST.FSETSTAT, string(file), attributeBytes(changes))),
      async sync() {
        if (extensions.has(FSYNC)) await done(ask(REQUEST.EXTENDED, string(FSYNC), string(file)))
      },
      close: () => done(ask(REQUEST.CLOSE, string(file))),
    }
  }

  return {
    extensions,
    realpath: (path) => oneName(ask(REQUEST.REALPATH, string(path))),
    stat: (path) => attributes(ask(REQUEST.STAT, string(path))),
    lstat: (path) => attributes(ask(REQUEST.LSTAT, string(path))),
    setstat: (path, changes) => done(ask(REQUEST.SETSTAT, string(path), attributeBytes(changes))),
    readlink: (path) => oneName(ask(REQUEST.READLINK, string(path))),
    list,
    async open(path, flags, mode) {
      const bits = flags.reduce((all, flag) => all | FLAGS[flag], 0)
      const given = attributeBytes(mode === undefined ? {} : { mode })
      return openFile(await handle(ask(REQUEST.OPEN, string(path), uint32(bits), given)))
    },
    remove: (path) => done(ask(REQUEST.REMOVE, string(path))),
    makeFolder: (path, mode) => done(ask(REQUEST.MKDIR, string(path), attributeBytes(mode === undefined ? {} : { mode }))),
    removeFolder: (path) => done(ask(REQUEST.RMDIR, string(path))),
    rename: (from, to) => done(ask(REQUEST.RENAME, string(from), string(to))),
    replace: (from, to) => done(ask(REQUEST.EXTENDED, string(POSIX_RENAME), string(from), string(to))),
    async free(path) {
      if (!extensions.has(STATVFS)) return undefined
      return expecting(ANSWER.EXTENDED, ask(REQUEST.EXTENDED, string(STATVFS), string(path)), (body) => {
        const reader = readWire(body)
        // bsize, frsize, blocks, bfree, bavail (OpenSSH's PROTOCOL, 4.4).
        const [, unit = 0, blocks = 0, , available = 0] = Array.from({ length: 5 }, () => readUint64(reader))
        return { free: unit * available, total: unit * blocks }
      })
    },
    closed: requests.closed,
    close: requests.close,
  }
}

function isDots(name: Buffer): boolean {
  return name.length <= 2 && name.length > 0 && name.every((byte) => byte === 0x2e)
}
