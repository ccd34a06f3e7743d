import { promises as fs, lstatSync, type Stats } from 'node:fs'
import { join, posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { textOf } from '../files/names.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import { UserError } from '../user-error.ts'
import { type Conflict, isFinished } from './conflicts.ts'
import { transferError } from './failures.ts'
import { keepThere, staysInside } from './kept-links.ts'
import type { Moved } from './moving.ts'
import { localName, numberedName, shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import type { ItemOptions } from './progress.ts'
import type { RemoteFacts } from './remote-facts.ts'
import { openLocalSource, type Source } from './source.ts'
import { endsAll, runTasks } from './tasks.ts'
import { uploadFile, uploadSmall } from './upload.ts'

/** What is found on this side, folders before what is in them. `path`: below the host's folder. */
export type Found =
  | { readonly kind: 'folder'; readonly path: readonly string[]; readonly mode?: number; readonly mtime?: number }
  | {
      readonly kind: 'file'
      readonly path: readonly string[]
      readonly size: number
      readonly mtime: number
      open(): Promise<Source>
    }
  | { readonly kind: 'link'; readonly path: readonly string[]; readonly target: string }
  | { readonly kind: 'skipped' }

/** One that stays in its tree. */
export function keepsLink({ path, target }: Extract<Found, { kind: 'link' }>): boolean {
  return path.length > 1 && staysInside(target, path.length - 2)
}

interface RemoteFolder {
  /** What was in it before; undefined when it was made just now. */
  readonly before: ReadonlyMap<string, RemoteFacts> | undefined
}

/**
 * What `scan` finds, into `folder` on the host. Throws UserError; what only concerns one of several files goes to the report.
 */
export async function uploadItem(
  folder: string,
  scan: (found: (what: Found) => Promise<void>) => Promise<void>,
  o: ItemOptions & { readonly single: boolean },
): Promise<void> {
  const { lanes, report } = o
  const folders = new Map<string, Promise<RemoteFolder>>()
  const finishFolders: (() => Promise<void>)[] = []

  await runTasks(o, async (add) => {
    await scan(async (what) => {
      const keeps = what.kind === 'link' && o.keepLinks && keepsLink(what)
      if (what.kind === 'skipped' || (what.kind === 'link' && !keeps)) return report.skipped()
      const problem = what.path.map((name) => localName(name, 'bytes')).find((name) => name.kind === 'refused')
      const shown = shownName(what.path.join('/'))
      if (problem?.kind === 'refused') {
        return noteFailure(new UserError('TRANSFER_NAME_REFUSED', { name: shown, problem: problem.problem }), shown)
      }
      if (what.kind === 'folder') {
        // What is in it waits for it, and fails with it.
        makeFolder(what.path, what).catch((error) => noteFailure(error, shown).catch(() => undefined))
        return
      }
      if (what.kind === 'link') {
        report.found(1, 0)
        const place = posix.join(folder, ...what.path)
        const made = makeFolder(what.path.slice(0, -1)).then(() => keepThere(lanes.first, what.target, place))
        return made.then(report.fileDone, (error) => noteFailure(error, place))
      }
      report.found(1, what.size)
      const small = what.size <= lanes.first.writeBytes
      if (small) o.tar?.found()
      await add({ small, run: (sftp) => upload(what, small ? sftp : undefined) })
    })
    report.scanned()
  })
  await Promise.all(finishFolders.map((finish) => finish())).catch((error) => Promise.reject(transferError(error, folder)))

  async function upload(what: Extract<Found, { kind: 'file' }>, sftp: typeof lanes.first | undefined) {
    const path = posix.join(folder, ...what.path)
    let counted = 0
    const move = {
      ...o,
      onBytes: (count: number) => {
        counted += count
        report.bytes(count)
      },
    }
    try {
      const parent = await makeFolder(what.path.slice(0, -1))
      const place = parent.before ? await freePlace(what, path, parent.before) : path
      if (place) {
        const source = await what.open()
        await (sftp ? uploadSmall(sftp, source, place, move) : uploadFile(source, place, move)).finally(() => source.close())
      }
      report.bytes(what.size - counted)
      report.fileDone()
    } catch (error) {
      report.bytes(-counted)
      await noteFailure(error, path)
    }
  }
  async function noteFailure(error: unknown, at: string): Promise<void> {
    const told = transferError(error, at)
    if (o.single || !(told instanceof UserError) || endsAll(told)) throw told
    report.failed(told.data)
  }

  function makeFolder(path: readonly string[], facts?: { readonly mode?: number; readonly mtime?: number }): Promise<RemoteFolder> {
    const key = path.join('/')
    const known = folders.get(key)
    if (known) return known
    const made = make()
    folders.set(key, made)
    return made

    async function make(): Promise<RemoteFolder> {
      // What may be large and is not ours to list: each name is asked for by itself.
      if (path.length === 0) return { before: new Map() }
      await makeFolder(path.slice(0, -1))
      const remote = posix.join(folder, ...path)
      try {
        await lanes.first.mkdir(remote)
      } catch (error) {
        if (!(error instanceof SftpRefusal)) throw error
        const there = await lanes.first.lstat(remote).catch(() => undefined)
        if (!there) throw error
        // A link would lead out of the chosen folder.
        if (there.kind !== 'folder') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(remote), side: 'host' })
        const before = new Map<string, RemoteFacts>()
        for (const entry of await lanes.first.list(remote)) before.set(entry.name, entry)
        return { before }
      }
      if (facts) finishFolders.push(() => lanes.first.setPathFacts(remote, facts))
      return { before: undefined }
    }
  }

  /** Undefined: not at all. */
  async function freePlace(what: Extract<Found, { kind: 'file' }>, path: string, before: ReadonlyMap<string, RemoteFacts>) {
    const ofRoot = what.path.length === 1
    const look = async (at: string) => (ofRoot ? lanes.first.exists(at) : before.get(posix.basename(at)))
    const there = await look(path)
    if (!there) return path
    if (there.kind !== 'file') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
    const conflict: Conflict = { name: shownName(what.path.join('/')), source: what, target: there }
    if (o.resumed && isFinished(conflict)) {
      // It got its name, and nobody heard of it.
      o.ledger.set(path, undefined)
      return undefined
    }
    const settled = await o.settle(conflict)
    if (settled === 'overwrite') return path
    if (settled === 'skip') return undefined
    for (let number = 2; ; number++) {
      const other = posix.join(posix.dirname(path), numberedName(posix.basename(path), number))
      if (!(await look(other))) return other
    }
  }
}

/** The same scan, after which everything that may be removed below `parent` has been noted. */
export function movedFrom(
  scan: (found: (what: Found) => Promise<void>) => Promise<void>,
  parent: string,
  joined: (...parts: string[]) => string,
  note: (what: Moved) => void,
): typeof scan {
  return (found) =>
    scan((what) => {
      // A link that leads out of its tree is not made anew, so it stays.
      if (what.kind === 'file') note({ ...what, place: joined(parent, ...what.path), source: what })
      else if (what.kind === 'folder' || (what.kind === 'link' && keepsLink(what))) note({ ...what, place: joined(parent, ...what.path) })
      return found(what)
    })
}

/** A file or folder of this computer, by a path that its host chose. Links in it are not followed. */
export function scanLocal(path: string): (found: (what: Found) => Promise<void>) => Promise<void> {
  return async (found) => {
    const name = path.split(/[\\/]/).findLast((part) => part !== '') ?? 'root'
    let seen = 0
    await visit(path, [name])

    async function visit(at: string, names: readonly string[]): Promise<void> {
      const facts = factsOf(at, names)
      // What is under way has its turn now and then.
      if (++seen % TURN === 0) await setImmediate()
      const mtime = Math.floor(facts.mtimeMs / 1000)
      if (facts.isFile()) {
        await found({ kind: 'file', path: names, size: facts.size, mtime, open: () => openLocalSource(at, names.join('/')) })
      } else if (facts.isDirectory()) {
        await found({ kind: 'folder', path: names, mode: facts.mode & 0o777, mtime })
        for (const bytes of await fs.readdir(onDisk(at), { encoding: 'buffer' })) {
          const inner = textOf(bytes)
          await visit(join(at, inner), [...names, inner])
        }
      } else if (facts.isSymbolicLink()) {
        await found({ kind: 'link', path: names, target: textOf(await fs.readlink(onDisk(at), { encoding: 'buffer' })) })
      } else await found({ kind: 'skipped' })
    }
  }
}

/** Files that are looked at in one go. */
const TURN = 64

function factsOf(path: string, names: readonly string[]): Stats {
  try {
    return lstatSync(onDisk(path))
  } catch (error) {
    throw transferError(error, names.join('/'))
  }
}
