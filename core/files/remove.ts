import { eachIn, type Found, find, isFolder, on, type Place } from './tree.ts'
import type { Work } from './work.ts'

/** With all that is in it; a link is removed and not followed. */
export async function remove(work: Work, place: Place): Promise<void> {
  await removeFound(work, await find(work.channel.sftp, place))
}

async function removeFound(work: Work, found: Found): Promise<void> {
  const { sftp } = work.channel
  work.check()
  if (isFolder(found)) {
    await eachIn(work, found, (inside) => removeFound(work, inside))
    await on(found, sftp.rmdir(found.bytes))
  } else await on(found, sftp.remove(found.bytes))
  work.did(found.path)
}
