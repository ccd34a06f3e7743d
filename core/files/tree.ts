import { shownName } from '../../contract/shown-name.ts'
import type { Attributes } from '../ssh/sftp/packets.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import { eachAtOnce } from './each-at-once.ts'
import { kindOf } from './entry.ts'
import { isMissing, refused } from './failures.ts'
import { inFolder, textOf } from './names.ts'
import type { Work } from './work.ts'

/** An entry of a folder: the path as text and as the bytes that it is. */
export interface Place {
  readonly path: string
  readonly bytes: Buffer
}
export interface Found extends Place {
  readonly attributes: Attributes
}

/** Entries of one folder that are worked on at once. */
const AT_ONCE = 32
/** More in one folder nobody keeps; they are taken as they come. */
const MOST_IN_FOLDER = 1_000_000

/** The entry that an absolute path means. Throws UserError FILE_NAME_REFUSED for the root, and for what leads elsewhere by dots. */
export function placeOf(path: string): Place {
  const at = path.lastIndexOf('/')
  const folder = path.slice(0, at) || '/'
  const dotted = at < 0 || /(^|\/)\.\.?(\/|$)/.test(path)
  if (dotted) throw new UserError('FILE_NAME_REFUSED', { name: shownName(path.slice(0, 100)), problem: 'dots' })
  return { path, bytes: inFolder(folder, path.slice(at + 1)) }
}

export function placeIn(folder: Place, name: string): Place {
  return { path: `${folder.path === '/' ? '' : folder.path}/${name}`, bytes: inFolder(folder.path, name) }
}

/** The server's no, as what a person is told. */
export async function on<Value>({ path }: Place, asked: Promise<Value>): Promise<Value> {
  return asked.catch((error) => {
    throw refused(error, path)
  })
}

/** The thing itself, be it a link. */
export async function find(sftp: Sftp, place: Place): Promise<Found> {
  return { ...place, attributes: await on(place, sftp.lstat(place.bytes)) }
}

export async function isThere(sftp: Sftp, place: Place): Promise<boolean> {
  return sftp.lstat(place.bytes).then(
    () => true,
    (error) => {
      if (isMissing(error)) return false
      throw refused(error, place.path)
    },
  )
}

export const isFolder = ({ attributes }: Found) => kindOf(attributes) === 'folder'

/** What is in a folder, by name and with what it is; folders one by one, the rest several at a time, so that a deep tree asks no more at once. */
export async function eachIn({ channel: { sftp }, ...work }: Work, folder: Found, each: (inside: Found) => Promise<void>): Promise<void> {
  work.check()
  // A folder that a link took the place of meanwhile is not gone into.
  if (!isFolder(await find(sftp, folder))) return
  const { entries } = await on(folder, sftp.list(folder.bytes, { most: MOST_IN_FOLDER, signal: work.signal }))
  const inside = entries.map(({ name, attributes }) => ({ ...placeIn(folder, textOf(name)), attributes }))
  await eachAtOnce(
    inside.filter((found) => !isFolder(found)),
    AT_ONCE,
    each,
  )
  for (const found of inside.filter(isFolder)) await each(found)
}
