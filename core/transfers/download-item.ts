import { promises as fs, lstatSync } from 'node:fs'
import { join, posix } from 'node:path'
import { SftpBroken } from '../ssh/sftp/requests.ts'
import { UserError } from '../user-error.ts'
import { type Conflict, isFinished } from './conflicts.ts'
import { downloadFile, downloadSmall, type RemoteFile } from './download.ts'
import { transferError } from './failures.ts'
import { keepHere, staysInside } from './kept-links.ts'
import type { Moved } from './moving.ts'
import { createFolderNames, localName, type NameRules, numberedName, shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import type { ItemOptions } from './progress.ts'
import { createLimit, endsAll, runTasks, type Task } from './tasks.ts'

/** Deeper than any tree of people's, so that one without end ends. */
const MOST_DEPTH = 128
const FOLDERS_AT_ONCE = 16

export const nameRules: NameRules = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'unicode' : 'bytes'
const folds = process.platform === 'win32' || process.platform === 'darwin'

/**
 * A file or a whole folder, into `folder` under its own name; nothing is ever written anywhere else. Links are not followed, but for
 * `path` itself. Throws UserError; what only concerns one file of a folder goes to the report. `note` is told of everything before it goes.
 */
export async function downloadItem(
  path: string,
  folder: string,
  o: ItemOptions,
  note: (what: Moved) => void = () => undefined,
): Promise<void> {
  const { lanes, report } = o
  let facts: Awaited<ReturnType<typeof lanes.first.stat>>
  try {
    facts = await lanes.first.stat(path)
  } catch (error) {
    throw transferError(error, path)
  }
  const name = nameOf({ name: posix.basename(path) || 'root', ...facts })
  if (facts.kind === 'other') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
  const finishFolders: (() => Promise<void>)[] = []
  await runTasks(o, async (add) => {
    if (facts.kind === 'folder') await scanTree(path, join(folder, name), add)
    else await addFile({ path, ...facts }, join(folder, name), false, add, (error) => Promise.reject(error))
    report.scanned()
  })
  await Promise.all(finishFolders.map((finish) => finish())).catch((error) => Promise.reject(transferError(error, path)))

  async function scanTree(root: string, target: string, add: (task: Task) => Promise<void>) {
    const limit = createLimit(FOLDERS_AT_ONCE)
    await scanFolder({ path: root, ...facts }, target, 0)

    async function scanFolder(source: RemoteFile, localFolder: string, depth: number): Promise<void> {
      note({ kind: 'folder', place: source.path })
      if (depth > MOST_DEPTH) throw transferError(new SftpBroken('endless'), source.path)
      const isNew = await makeFolder(localFolder, source)
      const names = createFolderNames(folds)
      const inner: Promise<void>[] = []
      for (const entry of await limit(() => lanes.first.list(source.path))) {
        const child = { ...entry, path: posix.join(source.path, entry.name) }
        const link = entry.kind === 'link' && o.keepLinks && nameRules !== 'windows' ? await stayingLink(child, depth) : undefined
        if ((entry.kind === 'link' && link === undefined) || entry.kind === 'other') report.skipped()
        else {
          try {
            const safe = nameOf(entry)
            if (!names.claim(safe)) throw new UserError('TRANSFER_NAME_REFUSED', { name: shownName(entry.name), problem: 'taken' })
            const place = join(localFolder, safe)
            if (link !== undefined) {
              report.found(1, 0)
              await keepHere(link, place)
              note({ kind: 'link', place: child.path, target: link })
              report.fileDone()
            } else if (entry.kind === 'folder') {
              const scanned = scanFolder(child, place, depth + 1).catch((error) => noteFailure(error, child.path))
              scanned.catch(() => undefined) // awaited below, unless this folder ends earlier
              inner.push(scanned)
            } else await addFile(child, place, isNew, add, (error) => noteFailure(error, child.path))
          } catch (error) {
            await noteFailure(error, child.path)
          }
        }
      }
      await Promise.all(inner)
    }
    async function stayingLink({ path: at }: RemoteFile, depth: number): Promise<string | undefined> {
      const link = await lanes.first.readlink(at).catch((error) => noteFailure(error, at))
      return link !== undefined && staysInside(link, depth) ? link : undefined
    }
    async function makeFolder(localFolder: string, source: RemoteFile): Promise<boolean> {
      try {
        await fs.mkdir(onDisk(localFolder))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        // A link would lead out of the chosen folder.
        if ((await fs.lstat(onDisk(localFolder))).isDirectory()) return false
        throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(source.path), side: 'here' })
      }
      finishFolders.push(async () => {
        await fs.chmod(onDisk(localFolder), source.mode | 0o700)
        await fs.utimes(onDisk(localFolder), source.mtime, source.mtime)
      })
      return true
    }
  }

  async function noteFailure(error: unknown, at: string): Promise<undefined> {
    const told = transferError(error, at)
    if (!(told instanceof UserError) || endsAll(told)) throw told
    report.failed(told.data)
  }

  async function addFile(
    source: RemoteFile,
    target: string,
    certainlyNew: boolean,
    add: (task: Task) => Promise<void>,
    onFailure: (error: unknown) => Promise<void>,
  ) {
    note({ kind: 'file', place: source.path, size: source.size, mtime: source.mtime, source })
    report.found(1, source.size)
    const small = source.size <= lanes.first.readBytes
    if (small) o.tar?.found()
    let counted = 0
    const move = {
      ...o,
      onBytes: (count: number) => {
        counted += count
        report.bytes(count)
      },
    }
    await add({
      small,
      async run(sftp) {
        try {
          const place = certainlyNew ? target : await freePlace(source, target)
          if (place) await (small ? downloadSmall(sftp, source, place, move) : downloadFile(source, place, move))
          // What the file turned out to hold, or what is not moved at all, was promised in the totals.
          report.bytes(source.size - counted)
          report.fileDone()
        } catch (error) {
          report.bytes(-counted)
          await onFailure(transferError(error, source.path))
        }
      },
    })
  }

  /** Undefined: not at all. */
  async function freePlace(source: RemoteFile, target: string): Promise<string | undefined> {
    const there = lstatSync(onDisk(target), { throwIfNoEntry: false })
    if (!there) return target
    if (!there.isFile()) throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(source.path), side: 'here' })
    const found = { size: there.size, mtime: Math.floor(there.mtimeMs / 1000) }
    const conflict: Conflict = { name: shownName(source.path), source, target: found }
    if (o.resumed && isFinished(conflict)) return undefined
    const settled = await o.settle(conflict)
    if (settled === 'overwrite') return target
    if (settled === 'skip') return undefined
    for (let number = 2; ; number++) {
      const other = join(target, '..', numberedName(posix.basename(target), number))
      if (!(await fs.lstat(onDisk(other)).catch(() => undefined))) return other
    }
  }
}

function nameOf(entry: { readonly name: string }): string {
  const local = localName(entry.name, nameRules)
  if (local.kind === 'safe') return local.name
  throw new UserError('TRANSFER_NAME_REFUSED', { name: shownName(entry.name), problem: local.problem })
}
