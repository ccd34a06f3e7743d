import { isMissing } from '../files/failures.ts'
import type { Attributes } from '../ssh/sftp/packets.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'

/** A server may answer out of order while the file grows: what looks like another file has to do so again. */
const LOOKS = 3

/**
 * Whether the file that is open is still the one of that name. SFTP knows no inodes: what is asked of the open file between two questions
 * about the name lies between their answers, or it is another file.
 */
export async function isSameFile(sftp: Sftp, place: Buffer, handle: Buffer | undefined): Promise<'same' | 'other' | 'missing'> {
  for (let look = 0; look < LOOKS; look += 1) {
    const [before, ours, after] = await Promise.all([byName(sftp, place), handle && sftp.fstat(handle), byName(sftp, place)])
    if (!before || !after) return 'missing'
    if (!ours) return 'other'
    if (liesBetween(before, ours, after)) return 'same'
  }
  return 'other'
}

async function byName(sftp: Sftp, place: Buffer): Promise<Attributes | undefined> {
  return sftp.stat(place).catch((error) => {
    if (isMissing(error)) return undefined
    throw error
  })
}

/** Pure. A file that grows meanwhile is larger at each question. */
export function liesBetween(before: Attributes, ours: Attributes, after: Attributes): boolean {
  const within = (of: (attributes: Attributes) => number | undefined) => {
    const [low, value, high] = [of(before) ?? 0, of(ours) ?? 0, of(after) ?? 0]
    return low <= value && value <= high
  }
  return within(({ size }) => size) && within(({ modified }) => modified) && before.uid === ours.uid && before.mode === ours.mode
}
