import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import type { Channel } from './channels.ts'
import { eachAtOnce } from './each-at-once.ts'
import { entryOf, kindOf, ownersOf } from './entry.ts'
import { isMissing, refused } from './failures.ts'
import { bytesOf, inFolder, problemOf, textOf } from './names.ts'

const MOST_ENTRIES = 200_000
const LINKS_AT_ONCE = 64

/** Throws UserError FILE_REFUSED. */
export async function list({ sftp, home }: Channel, wanted: string | undefined, signal?: AbortSignal): Promise<FileListing> {
  const asked = absolute(wanted ?? home, home)
  const path = textOf(await sftp.realpath(bytesOf(asked)).catch((error) => Promise.reject(refused(error, asked))))
  const listed = await sftp.list(bytesOf(path), { most: MOST_ENTRIES, signal }).catch(async (error) => {
    throw refused(error, path, isMissing(error) && (await isThere(sftp, path)) ? 'not-a-folder' : undefined)
  })
  const entries = listed.entries.map(({ name, attributes }) => entryOf(textOf(name), attributes))
  await resolveLinks(sftp, path, entries, signal)
  return { path, home, by: sftp.by, entries, more: listed.more, ...ownersOf(listed.entries) }
}

/** `~` is a shell's idea; everything else that is not absolute begins at home as well. */
export function absolute(path: string, home: string): string {
  if (path === '~') return home
  if (path.startsWith('/')) return path
  return `${home}/${path.replace(/^~\//, '')}`
}

async function isThere(sftp: Sftp, path: string): Promise<boolean> {
  return sftp.stat(bytesOf(path)).then(
    (attributes) => kindOf(attributes) !== 'folder',
    () => false,
  )
}

/** What each link says, and what is at its end. */
async function resolveLinks(sftp: Sftp, folder: string, entries: FileEntry[], signal?: AbortSignal): Promise<void> {
  const links = [...entries.entries()].filter(([, { name, kind }]) => kind === 'link' && !problemOf(name))
  await eachAtOnce(links, LINKS_AT_ONCE, async ([index, entry]) => {
    signal?.throwIfAborted()
    const path = inFolder(folder, entry.name)
    const [target, leadsTo] = await Promise.all([
      sftp.readlink(path).then(textOf, () => ''),
      sftp.stat(path).then(kindOf, (error) => (isMissing(error) ? 'nothing' : 'unknown')),
    ])
    entries[index] = { ...entry, link: { target, leadsTo } }
  })
}
