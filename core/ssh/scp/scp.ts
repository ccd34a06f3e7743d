import type { Client } from 'ssh2'
import { PLAIN_BYTES, type Space } from '../sftp/extensions.ts'
import { type Attributes, STATUS } from '../sftp/packets.ts'
import { SftpBroken, SftpRefusal, SILENCE_MS } from '../sftp/requests.ts'
import type { Extension, Handle, Sftp } from '../sftp/sftp.ts'
import { type CommandShell, startCommandShell } from './command-shell.ts'
import { readDisk, readLines, readLs, readStat, readStats, withoutLineEnd } from './facts.ts'
import { type OpenFile, openFile } from './handles.ts'
import { refusalOf } from './protocol.ts'

/** What commands can do as well. */
const CAN: ReadonlySet<Extension> = new Set(['posix-rename@openssh.com', 'hardlink@openssh.com', 'statvfs@openssh.com', 'copy-data'])
const LIMITS = { readBytes: 8 * PLAIN_BYTES, writeBytes: 8 * PLAIN_BYTES }

/**
 * Files on a host without SFTP, by its own shell's commands and scp. A file is read and written from its beginning to its end only, so
 * that nothing can be gone on with. Throws ssh2's error or SftpBroken where there is no such shell, or no scp.
 */
export async function openScp(client: Client, { silenceMs = SILENCE_MS }: { readonly silenceMs?: number } = {}): Promise<Sftp> {
  const shell = await startCommandShell(client, silenceMs)
  if ((await shell.ask('can_scp')).code !== 0) {
    shell.fail(new SftpBroken('closed'))
    throw new SftpBroken('closed')
  }
  const hasStat = (await shell.ask('can_stat')).code === 0
  const files = new Map<string, OpenFile>()
  let lastHandle = 0

  const ask = async (name: string, ...args: readonly (Buffer | string)[]) => replyOf(shell, name, args)
  const read = async <Value>(answer: Promise<Buffer>, how: (output: Buffer) => Value): Promise<Value> => {
    const output = await answer
    try {
      return how(output)
    } catch (cause) {
      const error = new SftpBroken('garbled', { cause })
      shell.fail(error)
      throw error
    }
  }
  const facts = (which: 'one' | 'end', path: Buffer) =>
    hasStat ? read(ask(`stat_${which}`, path), readStat) : read(ask(`ls_${which}`, path), readLs)
  const done = async (answer: Promise<Buffer>) => void (await answer)
  const setstat = async (path: Buffer, changes: Attributes) => {
    const { mode, uid, gid, modified } = changes
    const owner = uid === undefined ? '' : `${uid}:${gid}`
    await ask('change', path, mode === undefined ? '' : octal(mode), owner, modified === undefined ? '' : touchTime(modified))
  }
  const fileOf = (handle: Handle): OpenFile => {
    const file = files.get(handle.toString('latin1'))
    if (!file) throw new SftpRefusal(STATUS.FAILURE, 'not open')
    return file
  }
  /** What breaks the protocol of one file cannot be trusted with another. */
  const checked = async <Value>(work: Promise<Value>): Promise<Value> =>
    work.catch((error) => {
      if (error instanceof SftpBroken) shell.fail(error)
      throw error
    })

  return {
    by: 'scp',
    can: (extension) => CAN.has(extension),
    limits: async () => LIMITS,
    realpath: (path) => read(ask('real', path), absolute),
    readlink: async (path) => withoutLineEnd(await ask('link_text', path)),
    stat: (path) => facts('end', path),
    lstat: (path) => facts('one', path),
    fstat: async (handle) => facts('end', fileOf(handle).path),
    setstat,
    async fsetstat(handle, changes) {
      const file = fileOf(handle)
      await checked(file.flush())
      // All that was written was sent as a whole, which has its own size.
      const { size, ...others } = changes
      if (size === 0) await ask('cut_file', file.path)
      if (Object.keys(others).length > 0) await setstat(file.path, others)
    },
    lsetstat: () => Promise.reject(new SftpRefusal(STATUS.UNSUPPORTED, 'not by commands')),
    async list(path, { most, signal }) {
      const all = hasStat ? 'stat_all' : 'ls_all'
      const { code, output, said } = await shell.ask(all, path)
      signal?.throwIfAborted()
      // Of what came and went meanwhile, some may be complained of.
      if (code !== 0 && output.length === 0) throw refusalOf(said)
      const entries = await read(Promise.resolve(output), (bytes) => (hasStat ? readStats(bytes, path) : readLines(bytes, path)))
      return { entries: entries.slice(0, most), more: entries.length > most }
    },
    mkdir: (path, { mode } = {}) => done(ask('new_folder', path, mode === undefined ? '' : octal(mode))),
    rmdir: (path) => done(ask('end_folder', path)),
    remove: (path) => done(ask('end_file', path)),
    rename: (from, to) => done(ask('rename_to', from, to)),
    posixRename: (from, to) => done(ask('replace_by', from, to)),
    replace: (from, to) => done(ask('replace_by', from, to)),
    symlink: (target, path) => done(ask('new_link', target, path)),
    hardlink: (from, path) => done(ask('new_name', from, path)),
    statvfs: (path): Promise<Space> => read(ask('disk', path), readDisk),

    async open(path, how, { mode, size } = {}) {
      const mask = octal(~(mode ?? 0o666) & 0o777)
      if (how === 'create-new') await ask('new_file', path, mask)
      if (how === 'create') await ask('empty_file', path, mask)
      if (how === 'update') await ask('open_file', path)
      if (how === 'read') await facts('end', path)
      lastHandle += 1
      const handle = Buffer.from(String(lastHandle))
      files.set(handle.toString('latin1'), openFile(client, path, { size, mode: mode ?? 0o644, silenceMs }))
      return handle
    },
    read: async (handle, place, position) => checked(fileOf(handle).read(place, position)),
    write: async (handle, data, position) => checked(fileOf(handle).write(data, position)),
    fsync: (handle) => checked(fileOf(handle).flush()),
    async copyData(from, to) {
      // It may take long, and says nothing meanwhile: nothing else waits behind it.
      const own = await startCommandShell(client)
      const { path } = fileOf(from)
      await replyOf(own, 'copy_file', [path, fileOf(to).path]).finally(() => own.fail(new SftpBroken('closed')))
    },
    async close(handle) {
      const file = fileOf(handle)
      files.delete(handle.toString('latin1'))
      await checked(file.close())
    },

    closed: shell.closed,
    get isClosed() {
      return shell.broken !== undefined
    },
    end: () => shell.fail(new SftpBroken('closed')),
  }
}

async function replyOf(shell: CommandShell, name: string, args: readonly (Buffer | string)[]): Promise<Buffer> {
  const { code, output, said } = await shell.ask(name, ...args.map((arg) => Buffer.from(arg as string)))
  if (code !== 0) throw refusalOf(said)
  return output
}

function absolute(output: Buffer): Buffer {
  const path = withoutLineEnd(output)
  if (path[0] !== SLASH) throw new RangeError('no path')
  return path
}
const SLASH = 0x2f

const octal = (mode: number) => (mode & 0o7777).toString(8).padStart(4, '0')

/** POSIX, touch -t: in the shell's own time, which is UTC. */
function touchTime(seconds: number): string {
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().split(/[T.]/)
  return `${date.replaceAll('-', '')}${time.slice(0, 2)}${time.slice(3, 5)}.${time.slice(6, 8)}`
}
