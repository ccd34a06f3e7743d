import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { UserError } from '../user-error.ts'
import { shownName } from './names.ts'
import { onDisk } from './on-disk.ts'

/** Something to upload, read at any place: a file of this computer, or one that the page has. Times are seconds. */
export interface Source {
  readonly name: string
  readonly size: number
  readonly mtime: number
  /** Undefined where nobody knows (a browser's file has none): then the host's own default. */
  readonly mode: number | undefined
  /** It can be read from its beginning to its end only, so that nothing can be gone on with. */
  readonly fromStart?: boolean
  /** Fills `buffer` or throws TRANSFER_SOURCE_CHANGED. */
  read(buffer: Buffer, position: number): Promise<void>
  /** Throws TRANSFER_SOURCE_CHANGED when it is no longer what it was when it was opened. */
  check(): Promise<void>
  /** As often as one likes. */
  close(): Promise<void>
}

/** Read at once: handing it to another thread and back takes several times as long. */
const SMALL_BYTES = 64 * 1024
const readLater = promisify(read)

/** A link as the last part of `path` is not followed. */
export async function openLocalSource(path: string, name: string): Promise<Source> {
  const file = openSync(onDisk(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  const facts = fstatSync(file)
  let open = true
  const changed = () => new UserError('TRANSFER_SOURCE_CHANGED', { name: shownName(name) })
  if (!facts.isFile()) {
    closeSync(file)
    throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(name), side: 'here' })
  }
  const readSome = (buffer: Buffer, position: number): number | Promise<{ readonly bytesRead: number }> =>
    facts.size <= SMALL_BYTES ? readSync(file, buffer, 0, buffer.length, position) : readLater(file, buffer, 0, buffer.length, position)
  return {
    name,
    size: facts.size,
    mtime: Math.floor(facts.mtimeMs / 1000),
    mode: facts.mode & 0o777,
    async read(buffer, position) {
      for (let filled = 0; filled < buffer.length; ) {
        const some = readSome(buffer.subarray(filled), position + filled)
        const bytes = typeof some === 'number' ? some : (await some).bytesRead
        if (bytes === 0) throw changed()
        filled += bytes
      }
    },
    async check() {
      const now = fstatSync(file)
      if (now.size !== facts.size || now.mtimeMs !== facts.mtimeMs) throw changed()
    },
    async close() {
      if (open) closeSync(file)
      open = false
    },
  }
}
