import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import type { Settings } from '../../contract/models/settings.ts'
import { shownName } from '../../contract/shown-name.ts'

export type SortColumn = Settings['filesSort']['column']

type Sort = Settings['filesSort']
type Listed = Pick<FileListing, 'entries' | 'owners' | 'groups'>
interface Wishes {
  readonly filter: string
  readonly hidden: boolean
}

/** All of a folder in order. To search it costs no more than to look at each name. */
export interface Ordered {
  readonly entries: readonly FileEntry[]
  /** As they are searched, beside the entries; made with the first search. */
  readonly searched: () => readonly string[]
}

export function isFolder({ kind, link }: FileEntry): boolean {
  return kind === 'folder' || link?.leadsTo === 'folder'
}

export function isFile({ kind, link }: FileEntry): boolean {
  return kind === 'file' || link?.leadsTo === 'file'
}

/** Folders first. */
export function order(listing: Listed, { column, descending }: Sort): Ordered {
  const value = sortValue(column, listing)
  const inOrder = (entries: readonly FileEntry[]) => {
    const named = byName(entries)
    const sorted = value ? named.sort((one, other) => compare(value(one), value(other))) : named
    return descending ? sorted.reverse() : sorted
  }
  const entries = [...inOrder(listing.entries.filter(isFolder)), ...inOrder(listing.entries.filter((entry) => !isFolder(entry)))]
  let searched: readonly string[] | undefined
  return {
    entries,
    searched() {
      searched ??= entries.map(({ name }) => shownName(name).toLowerCase())
      return searched
    },
  }
}

/** What is to be seen of it. */
export function seen({ entries, searched }: Ordered, { filter, hidden }: Wishes): readonly FileEntry[] {
  const wanted = filter.trim().toLowerCase()
  const names = wanted === '' ? undefined : searched()
  return entries.filter(({ name }, index) => (hidden || !name.startsWith('.')) && (names?.[index]?.includes(wanted) ?? true))
}

/**
 * A collator takes a microsecond for two names, which makes seconds of a hundred thousand. So they are put nearly in order by plain text
 * first, after which sorting asks it about once for each name.
 */
function byName(entries: readonly FileEntry[]): FileEntry[] {
  const keyed = entries.map((entry) => ({ entry, key: plainKey(entry.name) }))
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
  return keyed.map(({ entry }) => entry).sort((one, other) => collator.compare(one.name, other.name))
}

/** Numbers as long as each other, so that they compare as text. */
function plainKey(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, '0'))
}
const LONGEST_NUMBER = 16

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
