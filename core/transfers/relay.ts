import { posix } from 'node:path'
import { refusal } from '../files/failures.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { partOf } from './ledger.ts'
import type { ItemOptions } from './progress.ts'
import type { Remote } from './remote.ts'
import { scanRemote } from './scan-remote.ts'
import { type Found, keepsLink, uploadItem } from './upload-item.ts'

interface Relay {
  /** On the host that it comes from. */
  readonly path: string
  readonly source: Lanes
  /** On the host that it goes to, whose lanes are the options'. */
  readonly folder: string
  /** What has arrived is removed where it came from. */
  readonly removes: boolean
}

/** From one host to another, through this computer and none of its files. Throws UserError; what only concerns one file goes to the report. */
export async function relayItem({ path, source, folder, removes }: Relay, o: ItemOptions): Promise<void> {
  await refuseOntoItself(path, source.first, folder, o)
  const seen: Found[] = []
  const kept = new Set<unknown>()
  let whole = true
  const options: ItemOptions = {
    ...o,
    keepLinks: o.keepLinks || removes,
    async settle(conflict) {
      const settled = await o.settle(conflict)
      if (settled === 'skip') kept.add(conflict.source)
      return settled
    },
    report: {
      ...o.report,
      failed(error) {
        whole = false
        o.report.failed(error)
      },
    },
  }
  const scan = scanRemote(path, source)
  const noting = (found: (what: Found) => Promise<void>) =>
    scan((what) => {
      if (removes) seen.push(what)
      return found(what)
    })
  await uploadItem(folder, noting, { ...options, single: (await source.first.stat(path).catch(() => undefined))?.kind !== 'folder' })
  if (!removes || !whole) return
  for (const what of seen) if (!kept.has(what)) await removeFile(source.first, posix.dirname(path), what)
  // The deepest first; a folder with something left in it stays.
  for (const what of seen.toReversed()) {
    if (what.kind === 'folder') await source.first.rmdir(placeOf(posix.dirname(path), what.path)).catch(() => undefined)
  }
}

/** Two names may be of one machine: what is moved onto itself would be gone, and a folder copied into itself has no end. */
async function refuseOntoItself(path: string, source: Remote, folder: string, { lanes, ledger }: ItemOptions): Promise<void> {
  if (folder !== posix.dirname(path) && !`${folder}/`.startsWith(`${path}/`)) return
  const probe = partOf(posix.join(folder, '.same'), ledger)
  await lanes.first.mkdir(probe).catch((error) => Promise.reject(transferError(error, folder)))
  const same = await source.exists(probe).then(
    (found) => found !== undefined,
    () => false,
  )
  await lanes.first.rmdir(probe).catch(() => undefined)
  if (same) throw refusal({ path }, 'into-itself')
}

/** Only if it is still what has arrived. */
async function removeFile(from: Remote, parent: string, what: Found): Promise<void> {
  // A link that leads out of its tree has not been made anew.
  if (what.kind !== 'file' && !(what.kind === 'link' && keepsLink(what))) return
  const place = placeOf(parent, what.path)
  const now = await from.lstat(place).catch(() => undefined)
  const same =
    what.kind === 'link'
      ? now?.kind === 'link' && (await from.readlink(place).catch(() => undefined)) === what.target
      : now?.kind === 'file' && now.size === what.size && now.mtime === what.mtime
  if (same) await from.remove(place).catch(() => undefined)
}

const placeOf = (parent: string, names: readonly string[]) => posix.join(parent, ...names)
