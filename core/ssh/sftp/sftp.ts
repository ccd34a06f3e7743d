import type { Client, ClientChannel } from 'ssh2'
import { openWide, serverSoftware } from '../internals.ts'
import { readWire, string } from '../wire.ts'
import { createAsking } from './asking.ts'
import { type Limits, limitsOf, PLAIN_BYTES, PLAIN_LIMITS, type Space, spaceOf } from './extensions.ts'
import { type Listed, type ListOptions, listPages } from './list.ts'
import { ANSWER, type Attributes, attributeBytes, extended, OPEN, REQUEST, readNames, STATUS, uint32, uint64 } from './packets.ts'
import { SftpBroken, SftpRefusal, SILENCE_MS, startRequests } from './requests.ts'

/** Of a file that is open on the channel that gave it. */
export type Handle = Buffer

/** OpenSSH's PROTOCOL, 4, and draft-ietf-secsh-filexfer-extensions-00. */
export type Extension =
  | 'posix-rename@openssh.com'
  | 'hardlink@openssh.com'
  | 'fsync@openssh.com'
  | 'statvfs@openssh.com'
  | 'lsetstat@openssh.com'
  | 'limits@openssh.com'
  | 'copy-data'

/**
 * Files on a host, by paths that are bytes. Everything throws SftpRefusal (the server said no; of status UNSUPPORTED, without being
 * asked, where it lacks the extension) or SftpBroken (it answered what no server should, or not at all: the channel is closed then).
 */
export interface Sftp {
  /** `scp`: by commands, and files from their beginning to their end only. `local`: a folder of this computer in the place of a host. */
  readonly by: 'sftp' | 'scp' | 'local'
  can(extension: Extension): boolean
  limits(): Promise<Limits>

  realpath(path: Buffer): Promise<Buffer>
  /** Of what is at a link's end. */
  stat(path: Buffer): Promise<Attributes>
  /** Of the link itself. */
  lstat(path: Buffer): Promise<Attributes>
  /** Changes what is given and nothing else. A link is followed. */
  setstat(path: Buffer, changes: Attributes): Promise<void>
  /** The same for a link itself; an extension. */
  lsetstat(path: Buffer, changes: Attributes): Promise<void>
  list(path: Buffer, options: ListOptions): Promise<Listed>
  mkdir(path: Buffer, attributes?: Attributes): Promise<void>
  /** Of an empty folder. */
  rmdir(path: Buffer): Promise<void>
  /** Of anything but a folder; a link is not followed. */
  remove(path: Buffer): Promise<void>
  /** Refuses (with OpenSSH; others may do as they like) where there is something at `to`. */
  rename(from: Buffer, to: Buffer): Promise<void>
  /** Takes the place of what is at `to`, at once; an extension. */
  posixRename(from: Buffer, to: Buffer): Promise<void>
  /** `posixRename` where the server has it. Else what is at `to` is gone for a moment: it cannot be had otherwise. */
  replace(from: Buffer, to: Buffer): Promise<void>
  readlink(path: Buffer): Promise<Buffer>
  /** Makes a link at `path` that says `target`. */
  symlink(target: Buffer, path: Buffer): Promise<void>
  /** Makes `path` another name of the file `from`; an extension. */
  hardlink(from: Buffer, path: Buffer): Promise<void>
  /** Of the file system that `path` is on; an extension. */
  statvfs(path: Buffer): Promise<Space>

  /** By `scp`, `size` is what the file holds, or will hold: it is then sent as it comes. */
  open(path: Buffer, how: keyof typeof OPEN, attributes?: Attributes): Promise<Handle>
  /** Into `place`, as many bytes as it holds or fewer; 0 at the end of the file. */
  read(handle: Handle, place: Buffer, position: number): Promise<number>
  /** All of `data`, in as many requests as it takes; it has to stay as it is until then. */
  write(handle: Handle, data: Buffer, position: number): Promise<void>
  fstat(handle: Handle): Promise<Attributes>
  fsetstat(handle: Handle, changes: Attributes): Promise<void>
  /** What was written is on the disk then; an extension. */
  fsync(handle: Handle): Promise<void>
  /** `length` bytes, or all there are, from one open file to another on the host itself; an extension. */
  copyData(from: Handle, to: Handle, part?: { position?: number; length?: number; toPosition?: number }): Promise<void>
  close(handle: Handle): Promise<void>

  readonly closed: Promise<SftpBroken>
  readonly isClosed: boolean
  end(): void
}

export interface SftpOptions {
  /** A server that says nothing for so long while an answer is due is given up. */
  readonly silenceMs?: number
  /** What the server calls itself (RFC 4253, 4.2); for a program behind some other server, OpenSSH's is taken for granted. */
  readonly software?: string | undefined
}

/** Throws ssh2's error where the server has no SFTP, or no room for one channel more. `aheadBytes`: what it may send beyond 2 MiB. */
export async function openSftp(client: Client, { aheadBytes = 0, ...options }: SftpOptions & { aheadBytes?: number } = {}): Promise<Sftp> {
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    let tooLate = false
    const patience = setTimeout(() => {
      tooLate = true
      reject(new SftpBroken('silent'))
    }, options.silenceMs ?? SILENCE_MS)
    client.subsys('sftp', (error, opened) => {
      clearTimeout(patience)
      if (error) reject(error)
      else if (tooLate) opened.close()
      else resolve(opened)
    })
  })
  if (aheadBytes > 0) openWide(client, channel, aheadBytes)
  return startSftp(channel, { software: serverSoftware(client), ...options })
}

/** Whoever waits for it waits for a terminal. */
const PROBE_MS = 5_000

/** Whether the server has SFTP, by asking it. */
export async function givesFiles({ raw }: { readonly raw: Client }): Promise<boolean> {
  return openSftp(raw, { silenceMs: PROBE_MS }).then(
    (sftp) => {
      sftp.end()
      return true
    },
    () => false,
  )
}

/** On a channel at whose other end an SFTP server listens. */
export async function startSftp(channel: ClientChannel, { silenceMs, software = 'OpenSSH' }: SftpOptions = {}): Promise<Sftp> {
  const requests = await startRequests(channel, silenceMs)
  const { ask, askData, askWith } = requests
  const { done, attributes, expecting, handle, forget } = createAsking(requests)
  const can = (extension: Extension) => requests.extensions.has(extension)
  const askExtension = (extension: Extension, ...fields: readonly Buffer[]) =>
    can(extension)
      ? ask(REQUEST.EXTENDED, ...extended(extension, ...fields))
      : Promise.reject(new SftpRefusal(STATUS.UNSUPPORTED, `${extension} is not offered`))
  const oneName = (type: number, path: Buffer) =>
    expecting(ANSWER.NAME, ask(type, string(path)), (body) => {
      const [first] = readNames(readWire(body))
      if (!first) throw new RangeError('no name')
      return first.name
    })

  let known: Promise<Limits> | undefined
  let now: Limits | undefined
  function limits(): Promise<Limits> {
    known ??= can('limits@openssh.com')
      ? expecting(ANSWER.EXTENDED, askExtension('limits@openssh.com'), limitsOf)
      : Promise.resolve(limitsOf(undefined, software))
    void known.then(
      (told) => {
        now = told
      },
      () => undefined,
    )
    return known
  }
  /** Without waiting where it can be helped: what is asked first is sent first. */
  const limitsFor = (bytes: number) => now ?? (bytes <= PLAIN_BYTES ? PLAIN_LIMITS : limits())

  const sftp: Sftp = {
    by: 'sftp',
    can,
    limits,
    realpath: (path) => oneName(REQUEST.REALPATH, path),
    readlink: (path) => oneName(REQUEST.READLINK, path),
    stat: (path) => attributes(ask(REQUEST.STAT, string(path))),
    lstat: (path) => attributes(ask(REQUEST.LSTAT, string(path))),
    fstat: (file) => attributes(ask(REQUEST.FSTAT, string(file))),
    setstat: (path, changes) => done(ask(REQUEST.SETSTAT, string(path), attributeBytes(changes))),
    fsetstat: (file, changes) => done(ask(REQUEST.FSETSTAT, string(file), attributeBytes(changes))),
    lsetstat: (path, changes) => done(askExtension('lsetstat@openssh.com', string(path), attributeBytes(changes))),
    mkdir: (path, its = {}) => done(ask(REQUEST.MKDIR, string(path), attributeBytes(its))),
    rmdir: (path) => done(ask(REQUEST.RMDIR, string(path))),
    remove: (path) => done(ask(REQUEST.REMOVE, string(path))),
    rename: (from, to) => done(ask(REQUEST.RENAME, string(from), string(to))),
    posixRename: (from, to) => done(askExtension('posix-rename@openssh.com', string(from), string(to))),
    async replace(from, to) {
      if (can('posix-rename@openssh.com')) return sftp.posixRename(from, to)
      await sftp.remove(to).catch((error: unknown) => {
        if (!(error instanceof SftpRefusal)) throw error
      })
      return sftp.rename(from, to)
    },
    symlink: (target, path) => {
      const [first, second] = SWAPS_LINKS.test(software) ? [target, path] : [path, target]
      return done(ask(REQUEST.SYMLINK, string(first), string(second)))
    },
    hardlink: (from, path) => done(askExtension('hardlink@openssh.com', string(from), string(path))),
    statvfs: (path) => expecting(ANSWER.EXTENDED, askExtension('statvfs@openssh.com', string(path)), spaceOf),

    async list(path, options) {
      const folder = await handle(ask(REQUEST.OPENDIR, string(path)))
      const page = () => expecting(ANSWER.NAME, ask(REQUEST.READDIR, string(folder)), (body) => readNames(readWire(body)))
      return listPages(page, options).finally(() => void sftp.close(folder).catch(() => undefined))
    },

    open: (path, how, its = {}) => handle(ask(REQUEST.OPEN, string(path), uint32(OPEN[how]), attributeBytes(its))),
    async read(file, place, position) {
      const within = limitsFor(place.length)
      const { readBytes } = 'then' in within ? await within : within
      const part = place.subarray(0, readBytes)
      if (part.length === 0) return 0
      const answer = askData(part, REQUEST.READ, string(file), uint64(position), uint32(part.length))
      return expecting(ANSWER.DATA, answer, (body) => body.readUInt32BE(0)).catch((error) => {
        if (error instanceof SftpRefusal && error.status === STATUS.EOF) return 0
        throw error
      })
    },
    async write(file, data, position) {
      const within = limitsFor(data.length)
      const { writeBytes } = 'then' in within ? await within : within
      const pieces: Promise<void>[] = []
      for (let at = 0; at < data.length; at += writeBytes) {
        const piece = data.subarray(at, at + writeBytes)
        pieces.push(done(askWith(piece, REQUEST.WRITE, string(file), uint64(position + at), uint32(piece.length))))
      }
      await Promise.all(pieces)
    },
    fsync: (file) => done(askExtension('fsync@openssh.com', string(file))),
    copyData(from, to, { position = 0, length = 0, toPosition = 0 } = {}) {
      return done(askExtension('copy-data', string(from), uint64(position), uint64(length), string(to), uint64(toPosition)))
    },
    close(file) {
      forget(file)
      return done(ask(REQUEST.CLOSE, string(file)))
    },

    closed: requests.closed,
    get isClosed() {
      return requests.broken !== undefined
    },
    end: requests.end,
  }
  return sftp
}

/** They take a link's target first, and the draft (6.10) its path (OpenSSH's PROTOCOL, 4.1). Dropbear starts OpenSSH's program. */
const SWAPS_LINKS = /openssh|dropbear|paramiko/i
