import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import type { Settings } from '../../contract/models/settings.ts'
import { shownName } from '../../contract/shown-name.ts'

export type SortColumn = Settings['filesSort']['column']

interface Wishes {
  readonly filter: string
  readonly hidden: boolean
  readonly sort: Settings['filesSort']
}

export function isFolder({ kind, link }: FileEntry): boolean {
  return kind === 'folder' || link?.leadsTo === 'folder'
}

export function isFile({ kind, link }: FileEntry): boolean {
  return kind === 'file' || link?.leadsTo === 'file'
}

/** What is to be seen of a folder, folders first. */
export function arrange(
  listing: Pick<FileListing, 'entries' | 'owners' | 'groups'>,
  { filter, hidden, sort }: Wishes,
): readonly FileEntry[] {
  const wanted = filter.trim().toLowerCase()
  const seen = listing.entries.filter(
    ({ name }) => (hidden || !name.startsWith('.')) && (wanted === '' || shownName(name).toLowerCase().includes(wanted)),
  )
  const value = sortValue(sort.column, listing)
  const direction = sort.descending ? -1 : 1
  return seen.sort((one, other) => {
    const folders = Number(isFolder(other)) - Number(isFolder(one))
    if (folders !== 0) return folders
    const by = value ? compare(value(one), value(other)) : 0
    return direction * (by !== 0 ? by : collator.compare(one.name, other.name))
  })
}

/** `file2` before `file10`, whatever the case. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return collator.compare(String(one), String(other))
}

function sortValue(column: SortColumn, { owners, groups }: Pick<FileListing, 'owners' | 'groups'>) {
  const values: Partial<Record<SortColumn, (entry: FileEntry) => string | number>> = {
    size: ({ size }) => size,
    modified: ({ modified }) => modified ?? 0,
    mode: ({ mode }) => mode ?? 0,
    owner: ({ uid }) => nameFor(uid, owners),
    group: ({ gid }) => nameFor(gid, groups),
  }
  return values[column]
}

/** The number, where the server told no name. */
export function nameFor(id: number | undefined, names: Readonly<Record<string, string>>): string {
  return id === undefined ? '' : (names[id] ?? String(id))
}

/** The next entry whose name begins with what was typed: after the cursor, or on it when more letters follow the first. */
export function typeAhead(entries: readonly FileEntry[], typed: string, from: number): number | undefined {
  const wanted = typed.toLowerCase()
  const first = typed.length > 1 ? from : from + 1
  for (let step = 0; step < entries.length; step += 1) {
    const index = (Math.max(0, first) + step) % entries.length
    if (entries[index]?.name.toLowerCase().startsWith(wanted)) return index
  }
  return undefined
}
