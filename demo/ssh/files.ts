import { type FileHandle, lstat, mkdir, open, readdir, readlink, rename, rmdir, stat, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import { attributesOf, changeAttributes, entryOf } from './file-attributes.ts'
import { createFolderGuard, type FolderGuard, OutsideError, openFlags } from './folder-guard.ts'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

type Handle =
  | { readonly kind: 'file'; readonly file: FileHandle; readonly append: boolean }
  | { readonly kind: 'folder'; readonly path: string; names: string[] | undefined }

/** What a READ answers at most, as OpenSSH's. */
const READ_LIMIT = 256 * 1024
/** How many entries one READDIR answers. */
const ENTRIES_A_PAGE = 100

/** SFTP version 3 on one folder (draft-ietf-secsh-filexfer-02); whatever leads out of it is denied. */
export function serveFiles(sftp: SFTPWrapper, home: string) {
  const guard = createFolderGuard(home)
  const handles = new Map<number, Handle>()
  let lastHandle = 0

  function add(handle: Handle): Buffer {
    const id = Buffer.alloc(4)
    id.writeUInt32BE(++lastHandle)
    handles.set(lastHandle, handle)
    return id
  }
  function find(id: Buffer): Handle {
    const handle = id.length === 4 ? handles.get(id.readUInt32BE()) : undefined
    if (!handle) throw new Error('Invalid handle')
    return handle
  }
  function findFile(id: Buffer) {
    const handle = find(id)
    if (handle.kind !== 'file') throw new Error('Not a file')
    return handle
  }
  /** Answers a request with what `work` sends, with OK where it sends nothing, or with the failure's status. */
  function answer<Args extends unknown[]>(work: (id: number, ...args: Args) => Promise<void>) {
    return (id: number, ...args: Args) => {
      work(id, ...args).catch((error: unknown) => sftp.status(id, statusOf(error), error instanceof Error ? error.message : String(error)))
    }
  }
  const ok = (id: number) => sftp.status(id, STATUS_CODE.OK)

  sftp.on(
    'OPEN',
    answer(async (id, name: string, flags: number, attributes: { mode?: number }) => {
      const path = await guard.target(name)
      const file = await open(path, openFlags(flags), attributes.mode ?? 0o644)
      sftp.handle(id, add({ kind: 'file', file, append: (flags & OPEN_MODE.APPEND) !== 0 }))
    }),
  )
  sftp.on(
    'READ',
    answer(async (id, handle: Buffer, offset: number, length: number) => {
      const { file } = findFile(handle)
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(length, READ_LIMIT)), { position: offset })
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
    }),
  )
  sftp.on(
    'WRITE',
    answer(async (id, handle: Buffer, offset: number, data: Buffer) => {
      const { file, append } = findFile(handle)
      for (let written = 0; written < data.length; ) {
        written += (await file.write(data, written, data.length - written, append ? null : offset + written)).bytesWritten
      }
      ok(id)
    }),
  )
  sftp.on(
    'CLOSE',
    answer(async (id, handle: Buffer) => {
      const found = find(handle)
      handles.delete(handle.readUInt32BE())
      if (found.kind === 'file') await found.file.close()
      ok(id)
    }),
  )
  sftp.on(
    'FSTAT',
    answer(async (id, handle: Buffer) => sftp.attrs(id, attributesOf(await findFile(handle).file.stat()))),
  )
  sftp.on(
    'FSETSTAT',
    answer(async (id, handle: Buffer, attributes) => {
      await changeAttributes(findFile(handle).file, attributes)
      ok(id)
    }),
  )
  sftp.on(
    'STAT',
    answer(async (id, name: string) => sftp.attrs(id, attributesOf(await stat(await guard.target(name))))),
  )
  sftp.on(
    'LSTAT',
    answer(async (id, name: string) => sftp.attrs(id, attributesOf(await lstat(await guard.entry(name))))),
  )
  sftp.on(
    'SETSTAT',
    answer(async (id, name: string, attributes) => {
      await changeAttributes(await guard.target(name), attributes)
      ok(id)
    }),
  )
  sftp.on(
    'OPENDIR',
    answer(async (id, name: string) => {
      const path = await guard.target(name)
      if (!(await stat(path)).isDirectory()) throw new Error('Not a directory')
      sftp.handle(id, add({ kind: 'folder', path, names: undefined }))
    }),
  )
  sftp.on(
    'READDIR',
    answer(async (id, handle: Buffer) => {
      const folder = find(handle)
      if (folder.kind !== 'folder') throw new Error('Not a directory')
      folder.names ??= ['.', '..', ...(await readdir(folder.path))]
      const page = folder.names.splice(0, ENTRIES_A_PAGE)
      if (page.length === 0) return sftp.status(id, STATUS_CODE.EOF)
      const entries = await Promise.all(
        page.map(async (name) => entryOf(name, await lstat(join(folder.path, name)).catch(() => undefined))),
      )
      sftp.name(
        id,
        entries.filter((entry) => entry !== undefined),
      )
    }),
  )
  sftp.on(
    'REALPATH',
    answer(async (id, name: string) => {
      const filename = guard.absolute(name)
      sftp.name(id, [{ filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } }])
    }),
  )
  sftp.on(
    'READLINK',
    answer(async (id, name: string) => {
      const filename = await readlink(await guard.entry(name))
      sftp.name(id, [{ filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } }])
    }),
  )
  change('REMOVE', guard, (path) => unlink(path))
  change('RMDIR', guard, (path) => rmdir(path))
  change('MKDIR', guard, (path) => mkdir(path))
  sftp.on(
    'RENAME',
    answer(async (id, from: string, to: string) => {
      const [source, target] = [await guard.entry(from), await guard.entry(to)]
      // Version 3 refuses to replace (draft-ietf-secsh-filexfer-02, 6.5).
      if (await lstat(target).catch(() => undefined)) throw new Error('File exists')
      await rename(source, target)
      ok(id)
    }),
  )
  // Whatever its name says, ssh2 gives the link's own path first.
  sftp.on(
    'SYMLINK',
    answer(async (id, link: string, target: string) => {
      await symlink(target, await guard.entry(link))
      ok(id)
    }),
  )
  sftp.on('end', () => {
    for (const handle of handles.values()) if (handle.kind === 'file') handle.file.close().catch(() => undefined)
    handles.clear()
  })

  function change(event: 'REMOVE' | 'RMDIR' | 'MKDIR', folder: FolderGuard, work: (path: string) => Promise<unknown>) {
    sftp.on(
      event as 'REMOVE',
      answer(async (id, name: string) => {
        await work(await folder.entry(name))
        ok(id)
      }),
    )
  }
}

function statusOf(error: unknown): number {
  if (error instanceof OutsideError) return STATUS_CODE.PERMISSION_DENIED
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE
  return code === 'EACCES' || code === 'EPERM' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE
}
