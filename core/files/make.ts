import { refusal } from './failures.ts'
import { isThere, on, type Place } from './tree.ts'
import type { Work } from './work.ts'

export async function make(work: Work, what: 'file' | 'folder', place: Place): Promise<void> {
  const { sftp } = work.channel
  if (await isThere(sftp, place)) throw refusal(place, 'exists')
  if (what === 'folder') await on(place, sftp.mkdir(place.bytes))
  else await sftp.close(await on(place, sftp.open(place.bytes, 'create-new')))
  work.did(place.path)
}
