import type { Bookmark, BookmarkFolder, BookmarksState } from '../../contract/models/bookmark.ts'

/** A row of the tree. A folder has children, be it none; a bookmark has not. */
export type TreeNode =
  | { readonly id: string; readonly name: string; readonly folder: BookmarkFolder; readonly children: readonly TreeNode[] }
  | { readonly id: string; readonly name: string; readonly bookmark: Bookmark; readonly children?: undefined }

/** Folders before bookmarks, each in the order they are kept in. */
export function toTree({ bookmarks, folders }: Pick<BookmarksState, 'bookmarks' | 'folders'>, inside?: string): readonly TreeNode[] {
  const here = <Item extends { folderId?: string | undefined }>(items: readonly Item[]) =>
    items.filter(({ folderId }) => folderId === inside)
  return [
    ...here(folders).map((folder) => ({ id: folder.id, name: folder.name, folder, children: toTree({ bookmarks, folders }, folder.id) })),
    ...here(bookmarks).map((bookmark) => ({ id: bookmark.id, name: bookmark.name, bookmark })),
  ]
}

export interface Move {
  readonly ids: string[]
  readonly before?: string
}

/**
 * What a drop between these children means: folders stay before bookmarks, so each kind goes before the next of its own that
 * is not dragged along.
 */
export function movesOf(children: readonly TreeNode[], dragged: readonly TreeNode[], index: number): readonly Move[] {
  const kinds = [(node: TreeNode) => node.children !== undefined, (node: TreeNode) => node.children === undefined]
  return kinds.flatMap((isKind) => {
    const ids = dragged.filter(isKind).map(({ id }) => id)
    if (ids.length === 0) return []
    const next = children.slice(index).find((node) => isKind(node) && !ids.includes(node.id))
    return [{ ids, ...(next && { before: next.id }) }]
  })
}

/** The bookmarks among them and inside them, each once, in the order of the tree. */
export function bookmarksIn(nodes: readonly TreeNode[]): readonly Bookmark[] {
  const found = nodes.flatMap((node) => ('bookmark' in node ? [node.bookmark] : bookmarksIn(node.children)))
  return [...new Map(found.map((bookmark) => [bookmark.id, bookmark])).values()]
}

/** Every folder with its path, for a list to choose from. */
export function folderPaths(folders: readonly BookmarkFolder[], inside?: string, path = ''): readonly { id: string; path: string }[] {
  return folders
    .filter(({ folderId }) => folderId === inside)
    .flatMap(({ id, name }) => {
      const here = path === '' ? name : `${path} / ${name}`
      return [{ id, path: here }, ...folderPaths(folders, id, here)]
    })
}

/** Everything that one may remember of it. */
export function matchesBookmark(node: TreeNode, term: string): boolean {
  const haystack =
    'bookmark' in node ? [node.name, targetText(node.bookmark), node.bookmark.target.choices?.user, node.bookmark.notes] : [node.name]
  return haystack.join('\n').toLowerCase().includes(term.trim().toLowerCase())
}

function targetText({ target }: Bookmark): string {
  return target.kind === 'host' ? target.host : Object.values(target.ref).join('\n')
}
