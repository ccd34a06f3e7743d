import { posix } from 'node:path'
import { SftpBroken } from '../ssh/sftp/requests.ts'
import { UserError } from '../user-error.ts'
import { type RemoteFile, readFull } from './download.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { createFolderNames, localName, shownName } from './names.ts'
import type { Source } from './source.ts'
import type { Found } from './upload-item.ts'

/** Deeper than any tree of people's, so that one without end ends. */
const MOST_DEPTH = 128

/** A file or folder of a host that goes to another. Links in it are told and not followed; a name that leads elsewhere is refused there. */
export function scanRemote(path: string, lanes: Lanes): (found: (what: Found) => Promise<void>) => Promise<void> {
  return async (found) => {
    const facts = await lanes.first.stat(path).catch((error) => Promise.reject(transferError(error, path)))
    if (facts.kind === 'other') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
    await visit({ ...facts, path }, [posix.basename(path) || 'root'])

    async function visit(source: RemoteFile, names: readonly string[]): Promise<void> {
      const file = { kind: 'file', path: names, size: source.size, mtime: source.mtime } as const
      if (source.kind === 'link') {
        const target = await lanes.first.readlink(source.path).catch(() => undefined)
        return found(target === undefined ? { kind: 'skipped' } : { kind: 'link', path: names, target })
      }
      if (source.kind === 'other') return found({ kind: 'skipped' })
      if (source.kind === 'file') return found({ ...file, open: () => openRemoteSource(lanes, source, names.join('/')) })
      if (names.length > MOST_DEPTH) throw transferError(new SftpBroken('endless'), source.path)
      await found({ kind: 'folder', path: names, mode: source.mode, mtime: source.mtime })
      const claimed = createFolderNames(false)
      for (const entry of await lanes.first.list(source.path).catch((error) => Promise.reject(transferError(error, source.path)))) {
        const inner = [...names, entry.name]
        // Told as a file, so that it is refused by its name and nobody goes into it.
        if (localName(entry.name, 'bytes').kind === 'refused') await found({ ...file, path: inner, open: refuse })
        else if (claimed.claim(entry.name)) await visit({ ...entry, path: posix.join(source.path, entry.name) }, inner)
        else await found({ kind: 'skipped' })
      }
    }
  }
}

const refuse = () => Promise.reject(new SftpBroken('garbled'))

/** Read at any place, with as many requests under way as its reader wants. Throws UserError. */
async function openRemoteSource({ first }: Lanes, file: RemoteFile, name: string): Promise<Source> {
  const { path, size, mtime, mode } = file
  const told = (error: unknown) => Promise.reject(transferError(error, path))
  const handle = await first.open(path, 'read', { size }).catch(told)
  let closing: Promise<void> | undefined
  return {
    name,
    size,
    mtime,
    mode,
    fromStart: !first.resumes,
    async read(buffer, position) {
      if (buffer.length > 0) await readFull(first, handle, buffer, position, path).catch(told)
    },
    async check() {
      const now = await first.stat(path).catch(told)
      if (now.size !== size || now.mtime !== mtime) throw new UserError('TRANSFER_SOURCE_CHANGED', { name: shownName(name) })
    },
    close: () => (closing ??= first.close(handle).catch(() => undefined)),
  }
}
