import { lstat, mkdir, open, readdir, readlink, rename, rmdir, stat, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'
import { attributesOf, changeAttributes, entryOf, nameOnly } from './file-attributes.ts'
import { createFileHandles } from './file-handles.ts'
import { createFolderGuard, OutsideError, openFlags } from './folder-guard.ts'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

/** What a READ answers at most, as OpenSSH's. */
const READ_LIMIT = 256 * 1024
/** How many entries one READDIR answers. */
const ENTRIES_A_PAGE = 100

/** SFTP version 3 on one folder (draft-ietf-secsh-filexfer-02); whatever leads out of it is denied. */
export function serveFiles(sftp: SFTPWrapper, home: string) {
  const guard = createFolderGuard(home)
  const handles = createFileHandles()
  const atWork = new Set<Promise<void>>()
  const ok = (id: number) => sftp.status(id, STATUS_CODE.OK)

  const requests = {
    async OPEN(id: number, name: string, flags: number, { mode }: Partial<Attributes>) {
      const file = await open(await guard.target(name), openFlags(flags), mode ?? 0o644)
      sftp.handle(id, handles.add({ kind: 'file', file, append: (flags & OPEN_MODE.APPEND) !== 0 }))
    },
    async READ(id: number, handle: Buffer, offset: number, length: number) {
      const { file } = handles.file(handle)
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(length, READ_LIMIT)), { position: offset })
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
    },
    async WRITE(id: number, handle: Buffer, offset: number, data: Buffer) {
      const { file, append } = handles.file(handle)
      for (let written = 0; written < data.length; ) {
        written += (await file.write(data, written, data.length - written, append ? null : offset + written)).bytesWritten
      }
      ok(id)
    },
    async CLOSE(id: number, handle: Buffer) {
      await handles.close(handle)
      ok(id)
    },
    async FSTAT(id: number, handle: Buffer) {
      sftp.attrs(id, attributesOf(await handles.file(handle).file.stat()))
    },
    async FSETSTAT(id: number, handle: Buffer, attributes: Partial<Attributes>) {
      await changeAttributes(handles.file(handle).file, attributes)
      ok(id)
    },
    async STAT(id: number, name: string) {
      sftp.attrs(id, attributesOf(await stat(await guard.target(name))))
    },
    async LSTAT(id: number, name: string) {
      sftp.attrs(id, attributesOf(await lstat(await guard.entry(name))))
    },
    async SETSTAT(id: number, name: string, attributes: Partial<Attributes>) {
      await changeAttributes(await guard.target(name), attributes)
      ok(id)
    },
    async OPENDIR(id: number, name: string) {
      const path = await guard.target(name)
      sftp.handle(id, handles.add({ kind: 'folder', path, left: ['.', '..', ...(await readdir(path))] }))
    },
    async READDIR(id: number, handle: Buffer) {
      const { path, left } = handles.folder(handle)
      const page = left.splice(0, ENTRIES_A_PAGE)
      if (page.length === 0) return sftp.status(id, STATUS_CODE.EOF)
      const entries = await Promise.all(page.map(async (name) => entryOf(name, await lstat(join(path, name)).catch(() => undefined))))
      sftp.name(
        id,
        entries.filter((entry) => entry !== undefined),
      )
    },
    async REALPATH(id: number, name: string) {
      sftp.name(id, [nameOnly(guard.absolute(name))])
    },
    async READLINK(id: number, name: string) {
      sftp.name(id, [nameOnly(await readlink(await guard.entry(name)))])
    },
    async REMOVE(id: number, name: string) {
      await unlink(await guard.entry(name))
      ok(id)
    },
    async MKDIR(id: number, name: string) {
      await mkdir(await guard.entry(name))
      ok(id)
    },
    async RMDIR(id: number, name: string) {
      await rmdir(await guard.entry(name))
      ok(id)
    },
    async RENAME(id: number, from: string, to: string) {
      const [source, target] = [await guard.entry(from), await guard.entry(to)]
      // Version 3 refuses to replace (draft-ietf-secsh-filexfer-02, 6.5).
      if (await lstat(target).catch(() => undefined)) throw new Error('File exists')
      await rename(source, target)
      ok(id)
    },
    // Whatever the draft and ssh2's types say, the link's own path comes first.
    async SYMLINK(id: number, link: string, target: string) {
      await symlink(target, await guard.entry(link))
      ok(id)
    },
  }
  for (const [name, work] of Object.entries(requests)) {
    sftp.on(name, (id: number, ...rest: unknown[]) => {
      const answered = (work as (id: number, ...rest: unknown[]) => Promise<void>)(id, ...rest)
        .catch((error: Error) => sftp.status(id, statusOf(error), error.message))
        .finally(() => atWork.delete(answered))
      atWork.add(answered)
    })
  }
  sftp.on('error', () => sftp.end())
  // The client has no more to ask: it gets its last answers, then the channel closes.
  sftp.on('end', async () => {
    await Promise.all(atWork)
    handles.closeAll()
    sftp.end()
  })
}

function statusOf(error: Error): number {
  if (error instanceof OutsideError) return STATUS_CODE.PERMISSION_DENIED
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE
  return code === 'EACCES' || code === 'EPERM' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE
}
