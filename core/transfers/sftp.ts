import type { Connection } from '../ssh/connection.ts'
import { openWide, sftpFacts } from '../ssh/internals.ts'
import { UserError } from '../user-error.ts'
import { NO_SUCH_FILE, SftpBroken, SftpStatus, UNSUPPORTED } from './failures.ts'
import { entryOf, factsOf, type RemoteEntry, type RemoteFacts } from './remote-facts.ts'
import { openChannel, watch, withPatience } from './sftp-channel.ts'

export type Handle = Buffer
type OpenFlags = 'r' | 'w' | 'wx' | 'r+'

/**
 * One SFTP channel whose answers are checked. Calls throw SftpStatus for the server's refusals, SftpBroken for lies, and UserError
 * CONNECTION_LOST once the channel has ended, for whatever reason. Nothing waits for ever.
 */
export interface Sftp {
  /** Of data in one request. */
  readonly readBytes: number
  readonly writeBytes: number
  /** Of a request that costs the server nothing, measured when it was opened. */
  readonly roundTripMs: number
  /** Does one thing after the other, as OpenSSH does; others may do what was sent later first. */
  readonly inOrder: boolean
  /** The folder that a login begins in. */
  readonly home: string
  /** Makes no link of it: what it leads to. */
  stat(path: string): Promise<RemoteFacts>
  lstat(path: string): Promise<RemoteFacts>
  exists(path: string): Promise<RemoteFacts | undefined>
  open(path: string, flags: OpenFlags, mode?: number): Promise<Handle>
  /** Into `buffer`, as many as it can hold or fewer, whatever else the server sends (ssh2 drops it); 0 at the end of the file only. */
  read(handle: Handle, buffer: Buffer, position: number): Promise<number>
  write(handle: Handle, data: Buffer, position: number): Promise<void>
  setFacts(handle: Handle, facts: { readonly mode?: number; readonly mtime?: number }): Promise<void>
  setPathFacts(path: string, facts: { readonly mode?: number; readonly mtime?: number }): Promise<void>
  fsync(handle: Handle): Promise<void>
  close(handle: Handle): Promise<void>
  list(path: string, onPage: (entries: readonly RemoteEntry[]) => void): Promise<void>
  mkdir(path: string): Promise<void>
  remove(path: string): Promise<void>
  /** Replaces what is there. */
  replace(from: string, to: string): Promise<void>
  /** Bytes that this login may still write; undefined where the server does not say. */
  freeBytes(path: string): Promise<number | undefined>
  readonly ended: boolean
  end(): void
}

/** OpenSSH's limit. A request of more gains nothing, and a server's word for more is not taken. */
const MOST_BYTES = 255 * 1024
const LEAST_BYTES = 1024
/** On top of ssh2's 2 MiB (ssh/internals.ts). */
const WINDOW_BYTES = 14 * 1024 * 1024
const PATIENCE_MS = 60_000
/** Of one folder. */
const MOST_ENTRIES = 2_000_000

export async function openSftp(connection: Connection, host: string, patienceMs = PATIENCE_MS): Promise<Sftp> {
  const raw = await withPatience(openChannel(connection, host), patienceMs)
  openWide(connection.raw, raw, WINDOW_BYTES)
  const { readBytes, writeBytes, openSsh, has } = sftpFacts(raw)
  const { request, state, end } = watch(raw, host, patienceMs)
  const open = new Set<string>()

  const simple = (send: (done: (error?: Error | null) => void) => void) =>
    request<void>((resolve, reject) => send((error) => (error ? reject(statusOf(error)) : resolve())))
  const facts = (send: (done: (error: Error | undefined, attributes: unknown) => void) => void) =>
    request<RemoteFacts>((resolve, reject) =>
      send((error, attributes) => {
        if (error) return reject(statusOf(error))
        const checked = factsOf(attributes)
        if (checked) resolve(checked)
        else reject(new SftpBroken('garbled'))
      }),
    )
  const taken = (handle: unknown): handle is Handle => {
    if (!Buffer.isBuffer(handle) || handle.length > 256 || open.has(handle.toString('latin1'))) return false
    open.add(handle.toString('latin1'))
    return true
  }
  const handleOf = (send: (done: (error: Error | undefined, handle: Buffer) => void) => void) =>
    request<Handle>((resolve, reject) =>
      send((error, handle) => {
        if (error) reject(statusOf(error))
        else if (taken(handle)) resolve(handle)
        else reject(new SftpBroken('handle'))
      }),
    )
  const realpath = (path: string) =>
    request<string>((resolve, reject) =>
      raw.realpath(path, (error, absolute: unknown) => {
        if (error) reject(statusOf(error))
        else if (typeof absolute === 'string') resolve(absolute)
        else reject(new SftpBroken('garbled'))
      }),
    )

  const startedAt = performance.now()
  const home = await realpath('.')
  const roundTripMs = performance.now() - startedAt

  const sftp: Sftp = {
    readBytes: within(readBytes),
    writeBytes: within(writeBytes),
    roundTripMs,
    inOrder: openSsh,
    home,
    stat: (path) => facts((done) => raw.stat(path, done)),
    lstat: (path) => facts((done) => raw.lstat(path, done)),
    async exists(path) {
      try {
        return await sftp.stat(path)
      } catch (error) {
        if (error instanceof SftpStatus && error.status === NO_SUCH_FILE) return undefined
        throw error
      }
    },
    open: (path, flags, mode) => handleOf((done) => (mode === undefined ? raw.open(path, flags, done) : raw.open(path, flags, mode, done))),
    read: (handle, buffer, position) =>
      request((resolve, reject) => {
        const done = (error: Error | undefined, bytes: unknown) => {
          if (isEndOfFile(error)) resolve(0)
          else if (error) reject(statusOf(error))
          else if (typeof bytes === 'number' && bytes > 0 && bytes <= buffer.length) resolve(bytes)
          else reject(new SftpBroken('garbled'))
        }
        raw.read(handle, buffer, 0, buffer.length, position, Object.assign(done, { _wantEOFError: true }))
      }),
    write: (handle, data, position) => simple((done) => raw.write(handle, data, 0, data.length, position, done)),
    setFacts: (handle, facts) => simple((done) => raw.fsetstat(handle, toAttributes(facts), done)),
    setPathFacts: (path, facts) => simple((done) => raw.setstat(path, toAttributes(facts), done)),
    async fsync(handle) {
      if (has('fsync@openssh.com')) await simple((done) => raw.ext_openssh_fsync(handle, done))
    },
    close(handle) {
      open.delete(handle.toString('latin1'))
      return simple((done) => raw.close(handle, done))
    },
    async list(path, onPage) {
      const handle = await handleOf((done) => raw.opendir(path, done))
      let count = 0
      try {
        for (let pages = 0; ; pages++) {
          if (count > MOST_ENTRIES || pages > MOST_ENTRIES) throw new SftpBroken('endless')
          const page = await request<readonly RemoteEntry[] | undefined>((resolve, reject) =>
            raw.readdir(handle, (error, entries: unknown) => {
              if (isEndOfFile(error)) resolve(undefined)
              else if (error) reject(statusOf(error))
              else if (Array.isArray(entries)) resolve(entries.flatMap((entry) => entryOf(entry) ?? []))
              else reject(new SftpBroken('garbled'))
            }),
          )
          if (!page) return
          count += page.length
          onPage(page)
        }
      } finally {
        sftp.close(handle).catch(() => undefined)
      }
    },
    mkdir: (path) => simple((done) => raw.mkdir(path, done)),
    remove: (path) => simple((done) => raw.unlink(path, done)),
    async replace(from, to) {
      if (has('posix-rename@openssh.com')) return simple((done) => raw.ext_openssh_rename(from, to, done))
      // Version 3's own refuses to replace. What was there is gone for a moment; it cannot be had otherwise.
      await sftp.remove(to).catch((error: unknown) => {
        if (!(error instanceof SftpStatus)) throw error
      })
      return simple((done) => raw.rename(from, to, done))
    },
    async freeBytes(path) {
      if (!has('statvfs@openssh.com')) return undefined
      return request<number | undefined>((resolve, reject) =>
        raw.ext_openssh_statvfs(path, (error, info: unknown) => {
          if (error) return reject(statusOf(error))
          const { f_frsize, f_bavail } = (info ?? {}) as Record<string, unknown>
          const free = Number(f_frsize) * Number(f_bavail)
          resolve(Number.isFinite(free) ? free : undefined)
        }),
      )
    },
    get ended() {
      return state.failure !== undefined
    },
    end,
  }
  return sftp
}

/** ssh2's own errors have a status as `code`; without one the answer never came, and `watch` knows why a turn later. */
function statusOf(error: Error & { code?: unknown }): Error {
  if (typeof error.code === 'number') return new SftpStatus(error.code, error.message)
  if (error.message === 'No response from server') return new UserError('CONNECTION_LOST', { host: '', reason: 'closed' })
  if (/does not support/.test(error.message)) return new SftpStatus(UNSUPPORTED, error.message)
  return new SftpBroken('garbled', error)
}

function isEndOfFile(error: (Error & { code?: unknown }) | null | undefined): boolean {
  return error?.code === 1
}

function toAttributes({ mode, mtime }: { readonly mode?: number; readonly mtime?: number }) {
  return { ...(mode === undefined ? {} : { mode }), ...(mtime === undefined ? {} : { atime: mtime, mtime }) }
}

function within(bytes: number): number {
  return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, bytes))
}
