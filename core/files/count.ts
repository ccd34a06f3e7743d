import { eachIn, type Found, find, isFolder, type Place } from './tree.ts'
import type { Work } from './work.ts'

/** How much there is in it, itself included. */
export async function count(work: Work, place: Place): Promise<void> {
  await countFound(work, await find(work.channel.sftp, place))
}

async function countFound(work: Work, found: Found): Promise<void> {
  const folder = isFolder(found)
  work.did(found.path, folder ? 0 : (found.attributes.size ?? 0))
  if (folder) await eachIn(work, found, (inside) => countFound(work, inside))
}
