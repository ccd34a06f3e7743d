import { STATUS } from '../ssh/sftp/packets.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import { copy } from './copy.ts'
import { refusal, refused } from './failures.ts'
import { remove } from './remove.ts'
import { find, isThere, type Place } from './tree.ts'
import type { Work } from './work.ts'

/** Nothing is replaced. To another file system by a copy. */
export async function move(work: Work, from: Place, to: Place): Promise<void> {
  const { sftp } = work.channel
  work.check()
  if (`${to.path}/`.startsWith(`${from.path}/`)) throw refusal(to, 'into-itself')
  const found = await find(sftp, from)
  if (await isThere(sftp, to)) throw refusal(to, 'exists')
  try {
    await sftp.rename(from.bytes, to.bytes)
    work.did(to.path)
  } catch (error) {
    // The only word that version 3 has for EXDEV; everything else that it may mean, the copy finds out as well.
    if (!(error instanceof SftpRefusal && error.status === STATUS.FAILURE) || sameFolder(from, to)) throw refused(error, from.path)
    await copy(work, found, to, 'refuse')
    await remove(work, from)
  }
}

function sameFolder(one: Place, other: Place): boolean {
  const folder = ({ path }: Place) => path.slice(0, path.lastIndexOf('/'))
  return folder(one) === folder(other)
}
