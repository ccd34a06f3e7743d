import type { Bookmark, BookmarkFolder } from '../../../contract/models/bookmark.ts'
import { isInside, type Tree } from '../tree.ts'
import { type SharedRecord, toItem } from './record.ts'

/**
 * Records into the tree, in the place of those with their ids or at the end. `waiting`: their folder is not there, or is inside them; they
 * are left out, because a sync tool may bring the folder later. Pure.
 */
export function applyRecords(
  tree: Tree,
  records: readonly SharedRecord[],
): { readonly tree: Tree; readonly waiting: readonly SharedRecord[] } {
  let next = tree
  let waiting = records
  // A folder may come after what is in it.
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length
    waiting = waiting.filter((record) => {
      const fits = hasPlace(next, record)
      if (fits) next = put(next, record)
      return !fits
    })
  }
  return { tree: next, waiting }
}

function hasPlace(tree: Tree, { id, kind, fields }: SharedRecord): boolean {
  const folderId = fields.folderId as string | undefined
  if (folderId === undefined) return true
  return tree.folders.some((folder) => folder.id === folderId) && !(kind === 'folder' && isInside(tree, folderId, id))
}

function put(tree: Tree, record: SharedRecord): Tree {
  if (record.kind === 'folder') return { ...tree, folders: putItem(tree.folders, record) as BookmarkFolder[] }
  return { ...tree, bookmarks: putItem(tree.bookmarks, record) as Bookmark[] }
}

function putItem(items: readonly (Bookmark | BookmarkFolder)[], record: SharedRecord) {
  const index = items.findIndex(({ id }) => id === record.id)
  return index < 0 ? [...items, toItem(record)] : items.with(index, toItem(record, items[index]))
}
