import { type AskPassword, openRootChannel } from '../files/as-root.ts'
import { bytesOf, textOf } from '../files/names.ts'
import type { Connection } from '../ssh/connection.ts'
import { serverSoftware } from '../ssh/internals.ts'
import { openFiles } from '../ssh/open-files.ts'
import { type OPEN, STATUS } from '../ssh/sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../ssh/sftp/requests.ts'
import type { Handle } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import { entryOf, factsOf, type RemoteEntry, type RemoteFacts } from './remote-facts.ts'

export type { Handle }

/** To be given: what is absent stays as it is. */
interface Facts {
  readonly mode?: number
  readonly mtime?: number
}

/**
 * The host's files on one channel of a transfer. Paths are bytes as text (contract/models/file.ts), so that any name survives. Calls
 * throw SftpRefusal for the server's refusals, SftpBroken for lies, and UserError CONNECTION_LOST once the channel has ended. Nothing
 * waits for ever.
 */
export interface Remote {
  /** Of data that one request reads. */
  readonly readBytes: number
  /** Of data that `write` is best given at once: some requests' worth, which are under way together. */
  readonly writeBytes: number
  /** Of a request that costs the server nothing, measured when it was opened. */
  readonly roundTripMs: number
  /** Does one thing after the other, as OpenSSH does; others may do what was sent later first. */
  readonly inOrder: boolean
  /** A file can be read and written from any place on; by scp only as a whole, so that nothing can be gone on with. */
  readonly resumes: boolean
  /** The folder that a login begins in. */
  readonly home: string
  /** Makes no link of it: what it leads to. */
  stat(path: string): Promise<RemoteFacts>
  lstat(path: string): Promise<RemoteFacts>
  exists(path: string): Promise<RemoteFacts | undefined>
  /** `size`: what it holds, or will hold. */
  open(path: string, how: keyof typeof OPEN, facts?: { readonly mode?: number; readonly size?: number }): Promise<Handle>
  /** Into `buffer`, as many as it can hold or fewer; 0 at the end of the file only. */
  read(handle: Handle, buffer: Buffer, position: number): Promise<number>
  write(handle: Handle, data: Buffer, position: number): Promise<void>
  setFacts(handle: Handle, facts: Facts): Promise<void>
  setPathFacts(path: string, facts: Facts): Promise<void>
  /** Where the server can. */
  fsync(handle: Handle): Promise<void>
  close(handle: Handle): Promise<void>
  list(path: string): Promise<readonly RemoteEntry[]>
  mkdir(path: string): Promise<void>
  remove(path: string): Promise<void>
  /** Of an empty folder. */
  rmdir(path: string): Promise<void>
  readlink(path: string): Promise<string>
  symlink(target: string, path: string): Promise<void>
  /** Replaces what is there. */
  replace(from: string, to: string): Promise<void>
  /** Bytes that this login may still write; undefined where the server does not say. */
  freeBytes(path: string): Promise<number | undefined>
  readonly ended: boolean
  end(): void
}

/** On top of ssh2's 2 MiB: at a round trip of 80 ms those are 25 MB/s and no more. */
const AHEAD_BYTES = 14 * 1024 * 1024
/** What a server takes at once is 32 KiB, but for OpenSSH's: a few of them together cost as little as one. */
const WRITE_BYTES = 255 * 1024
const PATIENCE_MS = 60_000
/** Of one folder. */
const MOST_ENTRIES = 2_000_000
/** Their sftp-server answers in the order in which it was asked. */
const IN_ORDER = /^(openssh|dropbear)/i

interface RemoteOptions {
  /** For the words of errors. */
  readonly host: string
  readonly patienceMs?: number | undefined
  /** With root's rights, through sudo, which may want the login's password. */
  readonly askForRoot?: AskPassword | undefined
}

/** Throws UserError CONNECTION_LOST, TRANSFER_NO_SFTP, ROOT_UNAVAILABLE; SftpBroken. */
export async function openRemote(connection: Connection, o: RemoteOptions): Promise<Remote> {
  const { host, patienceMs = PATIENCE_MS, askForRoot } = o
  const lost = () => new UserError('CONNECTION_LOST', { host, reason: 'closed' })
  const opening = askForRoot
    ? openRootChannel(connection, host, askForRoot).then((channel) => channel.sftp)
    : openFiles(connection.raw, { silenceMs: patienceMs, aheadBytes: AHEAD_BYTES })
  const gone = connection.closed.then(() => Promise.reject(lost()))
  const sftp = await Promise.race([opening, gone]).catch((cause) => {
    if (cause instanceof SftpBroken && cause.problem !== 'closed') throw cause
    throw cause instanceof UserError ? cause : new UserError('TRANSFER_NO_SFTP', { host }, { cause })
  })
  gone.catch(() => undefined)

  /** A channel that ended is a connection that did, to whoever transfers. */
  const told = <Value>(answer: Promise<Value>): Promise<Value> =>
    answer.catch((error) => {
      throw error instanceof SftpBroken && error.problem === 'closed' ? lost() : error
    })
  const checked = async <From, To>(answer: Promise<From>, read: (from: From) => To): Promise<To> => {
    const from = await told(answer)
    try {
      return read(from)
    } catch (cause) {
      throw new SftpBroken('garbled', { cause })
    }
  }
  const attributes = ({ mode, mtime }: Facts) => ({
    ...(mode === undefined ? {} : { mode }),
    ...(mtime === undefined ? {} : { modified: mtime }),
  })

  const limits = told(sftp.limits())
  limits.catch(() => undefined)
  const startedAt = performance.now()
  const home = textOf(await told(sftp.realpath(Buffer.from('.'))))
  const roundTripMs = performance.now() - startedAt
  const { readBytes, writeBytes } = await limits

  const remote: Remote = {
    readBytes,
    writeBytes: writeBytes * Math.max(1, Math.floor(WRITE_BYTES / writeBytes)),
    roundTripMs,
    inOrder: sftp.by === 'sftp' && IN_ORDER.test(serverSoftware(connection.raw)),
    resumes: sftp.by === 'sftp',
    home,
    stat: (path) => checked(sftp.stat(bytesOf(path)), factsOf),
    lstat: (path) => checked(sftp.lstat(bytesOf(path)), factsOf),
    async exists(path) {
      try {
        return await remote.stat(path)
      } catch (error) {
        if (error instanceof SftpRefusal && error.status === STATUS.NO_SUCH_FILE) return undefined
        throw error
      }
    },
    open: (path, how, { mode, size } = {}) => {
      // What SFTP is told of a size it would make the file's at once.
      const known = sftp.by === 'scp' && size !== undefined ? { size } : {}
      return told(sftp.open(bytesOf(path), how, { ...attributes(mode === undefined ? {} : { mode }), ...known }))
    },
    read: (handle, buffer, position) => told(sftp.read(handle, buffer, position)),
    write: (handle, data, position) => told(sftp.write(handle, data, position)),
    setFacts: (handle, facts) => told(sftp.fsetstat(handle, attributes(facts))),
    setPathFacts: (path, facts) => told(sftp.setstat(bytesOf(path), attributes(facts))),
    fsync: async (handle) => (sftp.can('fsync@openssh.com') ? told(sftp.fsync(handle)) : undefined),
    close: (handle) => told(sftp.close(handle)),
    async list(path) {
      const { entries, more } = await told(sftp.list(bytesOf(path), { most: MOST_ENTRIES }))
      if (more) throw new SftpBroken('endless')
      return checked(Promise.resolve(entries), (all) => all.map(entryOf))
    },
    mkdir: (path) => told(sftp.mkdir(bytesOf(path))),
    remove: (path) => told(sftp.remove(bytesOf(path))),
    rmdir: (path) => told(sftp.rmdir(bytesOf(path))),
    readlink: (path) => checked(sftp.readlink(bytesOf(path)), textOf),
    symlink: (target, path) => told(sftp.symlink(bytesOf(target), bytesOf(path))),
    replace: (from, to) => told(sftp.replace(bytesOf(from), bytesOf(to))),
    async freeBytes(path) {
      if (!sftp.can('statvfs@openssh.com')) return undefined
      return (await told(sftp.statvfs(bytesOf(path)))).available
    },
    get ended() {
      return sftp.isClosed
    },
    end: sftp.end,
  }
  return remote
}
