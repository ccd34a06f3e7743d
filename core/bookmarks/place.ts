import { randomUUID } from 'node:crypto'
import type { Bookmark, BookmarkFolder } from '../../contract/models/bookmark.ts'
import type { ImportItem } from '../../contract/models/import.ts'
import type { Tree } from './tree.ts'

/** New bookmarks into folders by their names, which are made where they are missing. Nothing that is there is changed. */
export function placeItems(
  tree: Tree,
  items: readonly ImportItem[],
  inside: string | undefined,
): { readonly tree: Tree; readonly added: ReadonlySet<string> } {
  const folders: BookmarkFolder[] = [...tree.folders]
  const added = new Set<string>()
  const byPath = new Map(folders.map(({ id, name, folderId }) => [pathKey(folderId, name), id]))

  function folderFor(names: readonly string[]): string | undefined {
    return names.reduce<string | undefined>((folderId, name) => {
      const known = byPath.get(pathKey(folderId, name))
      if (known !== undefined) return known
      const id = randomUUID()
      folders.push({ id, name, ...(folderId !== undefined && { folderId }) })
      byPath.set(pathKey(folderId, name), id)
      added.add(id)
      return id
    }, inside)
  }

  const bookmarks = items.map(({ folder, left: _, ...item }): Bookmark => {
    const folderId = folderFor(folder)
    const id = randomUUID()
    added.add(id)
    return { ...item, id, ...(folderId !== undefined && { folderId }) }
  })
  return { tree: { bookmarks: [...tree.bookmarks, ...bookmarks], folders }, added }
}

function pathKey(folderId: string | undefined, name: string): string {
  return `${folderId ?? ''}/${name}`
}
