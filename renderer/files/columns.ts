import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import { formatDateTime } from '../words/formats.ts'
import { modeLetters } from './mode.ts'
import { isFolder, nameFor, type SortColumn } from './order.ts'
import { formatSize } from './size.ts'

export interface Column {
  readonly id: SortColumn
  readonly width: string
  /** The panel's width from which it is shown. */
  readonly from: number
}

const COLUMNS: readonly Column[] = [
  { id: 'name', width: 'minmax(90px, 1fr)', from: 0 },
  { id: 'size', width: '72px', from: 210 },
  { id: 'modified', width: '164px', from: 400 },
  { id: 'mode', width: '92px', from: 520 },
  { id: 'owner', width: '84px', from: 640 },
  { id: 'group', width: '84px', from: 730 },
]

export function columnsIn(width: number): readonly Column[] {
  return COLUMNS.filter(({ from }) => width >= from)
}

export function cellText(column: Column['id'], entry: FileEntry, listing: FileListing, language: string): string {
  switch (column) {
    case 'name':
      return entry.name
    case 'size':
      return isFolder(entry) || entry.kind === 'link' ? '' : formatSize(entry.size, language)
    case 'modified':
      return entry.modified === undefined ? '' : formatDateTime(new Date(entry.modified * 1000).toISOString(), language)
    case 'mode':
      return modeLetters(entry.kind, entry.mode)
    case 'owner':
      return nameFor(entry.uid, listing.owners)
    case 'group':
      return nameFor(entry.gid, listing.groups)
  }
}
