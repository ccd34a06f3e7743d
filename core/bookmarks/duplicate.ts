import { randomUUID } from 'node:crypto'
import type { Bookmark, BookmarkFolder } from '../../contract/models/bookmark.ts'
import { type Tree, topmost, withContents } from './tree.ts'

/** Copies with everything inside, each right after its original and with a name of its own beside it. */
export function duplicateItems(tree: Tree, selected: readonly string[]): { readonly tree: Tree; readonly ids: readonly string[] } {
  const ids = topmost(tree, selected)
  const copied = withContents(tree, ids)
  const newIds = new Map([...copied].map((id) => [id, randomUUID()]))
  const names = new Set([...tree.bookmarks, ...tree.folders].map((item) => nameKey(item.folderId, item.name)))

  const copyAll = <Item extends Bookmark | BookmarkFolder>(items: readonly Item[]) =>
    items.flatMap((item) => (copied.has(item.id) ? [item, copy(item)] : [item]))
  const copy = <Item extends Bookmark | BookmarkFolder>(item: Item): Item => ({
    ...item,
    id: newIds.get(item.id) ?? item.id,
    folderId: item.folderId && (newIds.get(item.folderId) ?? item.folderId),
    name: ids.includes(item.id) ? freeName(names, item) : item.name,
  })
  return {
    tree: { bookmarks: copyAll(tree.bookmarks), folders: copyAll(tree.folders) },
    ids: ids.map((id) => newIds.get(id) ?? id),
  }
}

/** `web` becomes `web 2`, and that `web 3`: a number needs no translation. */
function freeName(taken: Set<string>, item: Bookmark | BookmarkFolder): string {
  const stem = item.name.replace(/ \d{1,4}$/, '').slice(0, 190)
  let number = 2
  while (taken.has(nameKey(item.folderId, `${stem} ${number}`))) number++
  taken.add(nameKey(item.folderId, `${stem} ${number}`))
  return `${stem} ${number}`
}

function nameKey(folderId: string | undefined, name: string): string {
  return `${folderId ?? ''}/${name}`
}
