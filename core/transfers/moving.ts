import { promises as fs } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { refusal } from '../files/failures.ts'
import { textOf } from '../files/names.ts'
import { transferError } from './failures.ts'
import { partOf } from './ledger.ts'
import { onDisk } from './on-disk.ts'
import type { ItemOptions } from './progress.ts'
import type { Remote } from './remote.ts'

/** Something that is moved: where it was, and what it was then. */
export type Moved =
  | { readonly kind: 'file'; readonly place: string; readonly size: number; readonly mtime: number; readonly source: unknown }
  | { readonly kind: 'link'; readonly place: string; readonly target: string }
  | { readonly kind: 'folder'; readonly place: string }

/** The side that something is moved from. */
interface Origin {
  lstat(place: string): Promise<{ readonly kind: string; readonly size: number; readonly mtime: number }>
  readlink(place: string): Promise<string>
  remove(place: string): Promise<void>
  /** Of an empty folder. */
  rmdir(place: string): Promise<void>
}

export const thisComputer: Origin = {
  async lstat(place) {
    const facts = await fs.lstat(onDisk(place))
    const kind = facts.isFile() ? 'file' : facts.isSymbolicLink() ? 'link' : 'other'
    return { kind, size: facts.size, mtime: Math.floor(facts.mtimeMs / 1000) }
  },
  readlink: async (place) => textOf(await fs.readlink(onDisk(place), { encoding: 'buffer' })),
  remove: (place) => fs.unlink(onDisk(place)),
  rmdir: (place) => fs.rmdir(onDisk(place)),
}

/** A transfer after which what has arrived is removed where it came from: with these options, and everything told to `note` before it goes. */
export function createMoving(given: ItemOptions): {
  readonly options: ItemOptions
  note(what: Moved): void
  removeFrom(origin: Origin): Promise<void>
} {
  const noted: Moved[] = []
  const kept = new Set<unknown>()
  let whole = true
  return {
    options: {
      ...given,
      keepLinks: true,
      async settle(conflict) {
        const settled = await given.settle(conflict)
        if (settled === 'skip') kept.add(conflict.source)
        return settled
      },
      report: {
        ...given.report,
        failed(error) {
          whole = false
          given.report.failed(error)
        },
      },
    },
    note: (what) => void noted.push(what),
    async removeFrom(origin) {
      if (!whole) return
      for (const what of noted) {
        if (what.kind === 'folder' || (what.kind === 'file' && kept.has(what.source))) continue
        if (await isSame(origin, what)) await origin.remove(what.place).catch(() => undefined)
      }
      // The deepest first; a folder with something left in it stays.
      for (const what of noted.toReversed()) if (what.kind === 'folder') await origin.rmdir(what.place).catch(() => undefined)
    },
  }
}

/** Only what is still what has arrived is removed. */
async function isSame(origin: Origin, what: Exclude<Moved, { kind: 'folder' }>): Promise<boolean> {
  const now = await origin.lstat(what.place).catch(() => undefined)
  if (what.kind === 'link') return now?.kind === 'link' && (await origin.readlink(what.place).catch(() => undefined)) === what.target
  return now?.kind === 'file' && now.size === what.size && now.mtime === what.mtime
}

/**
 * A host may be this computer under another name, and what is moved onto itself would be gone: a folder that is made where it goes must
 * not be there where it comes from. Throws UserError FILE_REFUSED `into-itself`.
 */
export async function refuseOntoThisComputer(way: 'upload' | 'download', from: string, folder: string, o: ItemOptions): Promise<void> {
  const remote = o.lanes.first
  const beside = (at: string, join: (...parts: string[]) => string) => partOf(join(at, '.same'), o.ledger)
  const [there, here] =
    way === 'upload'
      ? [beside(folder, posix.join), beside(dirname(from), join)]
      : [beside(posix.dirname(from), posix.join), beside(folder, join)]
  const local = {
    make: () => fs.mkdir(onDisk(here)).then(() => undefined),
    unmake: () => fs.rmdir(onDisk(here)),
    isThere: () => fs.lstat(onDisk(here)).then(Boolean, () => false),
  }
  const [made, looked] = way === 'upload' ? [folderOf(remote, there), local] : [local, folderOf(remote, there)]
  await made.make().catch((error) => Promise.reject(transferError(error, folder)))
  const same = await looked.isThere()
  await made.unmake().catch(() => undefined)
  if (same) throw refusal({ path: from }, 'into-itself')
}

function folderOf(remote: Remote, place: string) {
  return {
    make: () => remote.mkdir(place),
    unmake: () => remote.rmdir(place),
    isThere: () =>
      remote.exists(place).then(
        (found) => found !== undefined,
        () => false,
      ),
  }
}
