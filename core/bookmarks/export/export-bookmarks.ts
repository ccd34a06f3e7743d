import papaparse from 'papaparse'
import type { Bookmark, BookmarkFolder, BookmarksState } from '../../../contract/models/bookmark.ts'
import type { exportFormats } from '../../../contract/models/import.ts'
import type { SealedBox } from '../../secrets/seal.ts'
import { FORMAT } from '../import/mooring.ts'
import { CSV_COLUMNS } from '../import/termius.ts'
import { toSshConfig } from './ssh-config.ts'

export type ExportFormat = (typeof exportFormats)[number]
type Tree = Pick<BookmarksState, 'bookmarks' | 'folders'>

/** A bookmark with the names of its folders instead of their ids. */
export interface PlacedBookmark extends Omit<Bookmark, 'id' | 'folderId'> {
  readonly folder: readonly string[]
}

/** Bookmarks hold no secrets, so none can be in it but what is given sealed, which `json` takes. */
export function exportBookmarks(
  { bookmarks, folders }: Tree,
  format: ExportFormat,
  secrets?: SealedBox,
): { readonly fileName: string; readonly text: string } {
  const placed = bookmarks.map(({ id: _, folderId, ...rest }): PlacedBookmark => ({ ...rest, folder: pathOf(folders, folderId) }))
  switch (format) {
    case 'json':
      return {
        fileName: 'mooring-bookmarks.json',
        text: `${JSON.stringify({ format: FORMAT, version: 1, bookmarks: placed, ...(secrets && { secrets }) }, undefined, 2)}\n`,
      }
    case 'ssh-config':
      return { fileName: 'mooring-ssh-config.txt', text: toSshConfig(placed) }
    case 'csv':
      return { fileName: 'mooring-bookmarks.csv', text: toCsv(placed) }
  }
}

function pathOf(folders: readonly BookmarkFolder[], id: string | undefined): readonly string[] {
  const folder = folders.find((candidate) => candidate.id === id)
  return folder ? [...pathOf(folders, folder.folderId), folder.name] : []
}

/** For Termius and spreadsheets; an instance has no address of its own to be named here. */
function toCsv(bookmarks: readonly PlacedBookmark[]): string {
  const rows = bookmarks.flatMap(({ name, folder, target }) =>
    target.kind === 'host'
      ? [
          [
            folder.map((part) => part.replaceAll('/', '-')).join('/'),
            name,
            '',
            target.host,
            'ssh',
            target.choices?.port ?? 22,
            target.choices?.user ?? '',
          ],
        ]
      : [],
  )
  // A spreadsheet takes a text that begins with one of =+-@ for a formula.
  return `${papaparse.unparse({ fields: [...CSV_COLUMNS], data: rows }, { escapeFormulae: true })}\r\n`
}
