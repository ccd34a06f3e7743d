import type { BookmarkFolder, BookmarksState } from '../../contract/models/bookmark.ts'
import { UserError } from '../user-error.ts'

/** The items of a tree of bookmarks: everything here is a pure function from one state to the next. */
export type Tree = Pick<BookmarksState, 'bookmarks' | 'folders'>

/** Throws NOT_FOUND for an id that is neither a bookmark's nor a folder's. */
export function checkIds(tree: Tree, ids: readonly string[]): void {
  for (const id of ids) {
    if (!tree.bookmarks.some((item) => item.id === id) && !tree.folders.some((item) => item.id === id)) {
      throw new UserError('NOT_FOUND', { what: 'bookmark' })
    }
  }
}

/** Throws NOT_FOUND for a folder that is not there, INVALID_INPUT for a folder that would come to be inside itself. */
export function checkFolder(tree: Tree, folderId: string | undefined, moved: readonly string[] = []): void {
  if (folderId === undefined) return
  if (!tree.folders.some((folder) => folder.id === folderId)) throw new UserError('NOT_FOUND', { what: 'folder' })
  if (lineage(tree, folderId).some((id) => moved.includes(id))) {
    throw new UserError('INVALID_INPUT', { field: 'folderId', problem: 'inside-itself' })
  }
}

/** A selection without what is inside a selected folder: that goes where its folder goes. */
export function topmost(tree: Tree, ids: readonly string[]): readonly string[] {
  const parents = new Map([...tree.bookmarks, ...tree.folders].map((item) => [item.id, item.folderId]))
  return ids.filter((id) => !lineage(tree, parents.get(id)).some((ancestor) => ids.includes(ancestor)))
}

/** The ids and everything inside them. */
export function withContents(tree: Tree, ids: readonly string[]): ReadonlySet<string> {
  const inside = (item: { id: string; folderId?: string | undefined }) =>
    ids.includes(item.id) || lineage(tree, item.folderId).some((ancestor) => ids.includes(ancestor))
  return new Set([...tree.bookmarks, ...tree.folders].filter(inside).map((item) => item.id))
}

/** Into a folder, before one of its items or at its end. Other folders keep their order. */
export function moveItems(tree: Tree, ids: readonly string[], folderId: string | undefined, before: string | undefined): Tree {
  const move = <Item extends { id: string; folderId?: string | undefined }>(items: readonly Item[]) => {
    const moved = ids.flatMap((id) => items.filter((item) => item.id === id)).map((item) => ({ ...item, folderId }))
    const rest = items.filter((item) => !ids.includes(item.id))
    const index = rest.findIndex((item) => item.id === before && item.folderId === folderId)
    return index < 0 ? [...rest, ...moved] : rest.toSpliced(index, 0, ...moved)
  }
  return { bookmarks: move(tree.bookmarks), folders: move(tree.folders) }
}

/** Whether a folder is `id`, or somewhere in it. */
export function isInside(tree: Tree, folderId: string, id: string): boolean {
  return lineage(tree, folderId).includes(id)
}

/** Puts every folder that hangs in a circle or nowhere, and every bookmark in no folder, to the top: a file may be edited by hand. */
export function untangle<State extends Tree>(state: State): State {
  const folderIds = new Set(state.folders.map((folder) => folder.id))
  const rooted = (folder: BookmarkFolder) => {
    const ancestors = lineage(state, folder.folderId)
    const last = state.folders.find((candidate) => candidate.id === ancestors.at(-1)) ?? folder
    return last.folderId === undefined && !ancestors.includes(folder.id)
  }
  return {
    ...state,
    folders: state.folders.map((folder) => (rooted(folder) ? folder : { ...folder, folderId: undefined })),
    bookmarks: state.bookmarks.map((item) =>
      item.folderId === undefined || folderIds.has(item.folderId) ? item : { ...item, folderId: undefined },
    ),
  }
}

/** The folder and those around it, innermost first. */
function lineage(tree: Pick<Tree, 'folders'>, folderId: string | undefined): readonly string[] {
  const ids: string[] = []
  for (let id = folderId; id !== undefined && !ids.includes(id); ) {
    const folder = tree.folders.find((candidate) => candidate.id === id)
    if (folder) ids.push(folder.id)
    id = folder?.folderId
  }
  return ids
}
