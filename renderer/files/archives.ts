import type { FileEntry } from '../../contract/models/file.ts'
import { type Place, select } from './actions.tsx'
import { joinPath } from './paths.ts'
import { operate } from './work.ts'

const ARCHIVE = /\.(tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz|tar\.zst|tzst|tar|zip|jar|war)$/i

export function isArchive({ name, kind }: FileEntry): boolean {
  return kind === 'file' && ARCHIVE.test(name)
}

/** As the name's ending says; without one, as tar.gz. */
export async function compressSelected(place: Place, entries: readonly FileEntry[], wanted: string): Promise<void> {
  const format = /\.zip$/i.test(wanted) ? 'zip' : 'tar.gz'
  const name = /\.(zip|tar\.gz|tgz)$/i.test(wanted) ? wanted : `${wanted}.tar.gz`
  const paths = entries.map((entry) => joinPath(place.path, entry.name))
  if (!(await operate(place, { kind: 'compress', paths, archive: joinPath(place.path, name), format }))) return
  select(place, name)
  place.refresh()
}

/** Into a folder beside it that is called like it. */
export async function extractHere(place: Place, { name }: FileEntry, taken: ReadonlySet<string>): Promise<void> {
  const wanted = name.replace(ARCHIVE, '') || 'archive'
  let folder = wanted
  for (let attempt = 2; taken.has(folder); attempt += 1) folder = `${wanted} (${attempt})`
  if (!(await operate(place, { kind: 'extract', path: joinPath(place.path, name), folder: joinPath(place.path, folder) }))) return
  select(place, folder)
  place.refresh()
}
