import { promises as fs } from 'node:fs'
import { bytesOf, textOf } from '../files/names.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import { UserError } from '../user-error.ts'
import { shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import type { Remote } from './remote.ts'

/** What Linux takes (PATH_MAX). */
const LONGEST_TARGET = 4096

/**
 * Whether a link, so many folders below the top of its tree, stays in the tree whatever else is in it. `..` counts in front only: behind
 * a name that is a link itself it could lead anywhere.
 */
export function staysInside(target: string, foldersAbove: number): boolean {
  if (target === '' || target.startsWith('/') || /[\0\\]/.test(target) || bytesOf(target).length >= LONGEST_TARGET) return false
  const parts = target.split('/').filter((part) => part !== '' && part !== '.')
  const up = parts.findIndex((part) => part !== '..')
  const [above, below] = up < 0 ? [parts.length, []] : [up, parts.slice(up)]
  return above <= foldersAbove && !below.includes('..')
}

/** On this computer, which is not Windows: there a link is a right that few have. Undone is nothing: what stands there stays. */
export async function keepHere(target: string, place: string): Promise<void> {
  try {
    await fs.symlink(onDisk(target), onDisk(place))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const there = await fs.readlink(onDisk(place), { encoding: 'buffer' }).catch(() => undefined)
    if (!there || textOf(there) !== target) throw taken(place)
  }
}

export async function keepThere(remote: Remote, target: string, place: string): Promise<void> {
  try {
    await remote.symlink(target, place)
  } catch (error) {
    if (!(error instanceof SftpRefusal)) throw error
    const there = await remote.lstat(place).catch(() => undefined)
    if (!there) throw error
    if (there.kind !== 'link' || (await remote.readlink(place)) !== target) throw taken(place)
  }
}

function taken(place: string): UserError {
  return new UserError('TRANSFER_NAME_REFUSED', { name: shownName(place.slice(place.lastIndexOf('/') + 1)), problem: 'taken' })
}
