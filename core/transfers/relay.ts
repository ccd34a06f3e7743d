import { posix } from 'node:path'
import { refusal } from '../files/failures.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { partOf } from './ledger.ts'
import { createMoving } from './moving.ts'
import type { ItemOptions } from './progress.ts'
import type { Remote } from './remote.ts'
import { scanRemote } from './scan-remote.ts'
import { movedFrom, uploadItem } from './upload-item.ts'

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
  const single = (await source.first.stat(path).catch(() => undefined))?.kind !== 'folder'
  const scan = scanRemote(path, source)
  if (!removes) return uploadItem(folder, scan, { ...o, single })
  const moving = createMoving(o)
  await uploadItem(folder, movedFrom(scan, posix.dirname(path), posix.join, moving.note), { ...moving.options, single })
  await moving.removeFrom(source.first)
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
