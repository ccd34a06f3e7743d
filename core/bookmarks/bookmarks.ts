import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { UserErrorData } from '../../contract/errors.ts'
import { type Bookmark, type BookmarkFolder, type BookmarksState, bookmarksState } from '../../contract/models/bookmark.ts'
import type { ImportItem } from '../../contract/models/import.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { ReadonlyState } from '../state.ts'
import { openStore } from '../store/store.ts'
import { UserError } from '../user-error.ts'
import { duplicateItems } from './duplicate.ts'
import { placeItems } from './place.ts'
import { checkFolder, checkIds, moveItems, type Tree, topmost, untangle, withContents } from './tree.ts'

type Unsaved<Item> = Omit<Item, 'id'> & { readonly id?: string | undefined }

/** As in the contract. Each throws UserError NOT_FOUND for what is not there, and INVALID_INPUT for a folder inside itself. */
export interface Bookmarks {
  readonly state: ReadonlyState<BookmarksState>
  readonly problem: UserErrorData | undefined
  save(bookmark: Unsaved<Bookmark>): { id: string }
  saveFolder(folder: Unsaved<BookmarkFolder>): { id: string }
  move(what: { ids: readonly string[]; folderId?: string | undefined; before?: string | undefined }): void
  duplicate(ids: readonly string[]): { ids: string[] }
  /** Gives what `undo` takes. */
  remove(ids: readonly string[]): { undo: string }
  /** Adds them; the folders that they name are made where they are missing. */
  import(items: readonly ImportItem[], folderId?: string): { undo: string }
  undo(undo: string): void
  /** Another tree in place of this one; nothing of it may hang in a circle or nowhere. */
  change(next: (tree: Tree) => Tree): void
  /** Puts a target of quick connect in front of its history. */
  remember(target: Target): void
  clearHistory(): void
  close(): void
}

const HISTORY_LENGTH = 30

export function openBookmarks(folder: string): Bookmarks {
  const store = openStore<BookmarksState>({
    folder,
    name: 'bookmarks',
    schema: bookmarksState.transform(untangle),
    defaults: { bookmarks: [], folders: [], history: [] },
  })
  const { state } = store
  const undos = new Map<string, (value: BookmarksState) => BookmarksState>()

  function undoable(takeBack: (value: BookmarksState) => BookmarksState): { undo: string } {
    const undo = randomUUID()
    undos.set(undo, takeBack)
    return { undo }
  }

  return {
    state,
    problem: store.problem,
    close: store.close,
    save(bookmark) {
      checkFolder(state.value, bookmark.folderId)
      const saved: Bookmark = { ...bookmark, id: bookmark.id ?? randomUUID() }
      state.update((value) => ({ ...value, bookmarks: put(value.bookmarks, saved, bookmark.id) }))
      return { id: saved.id }
    },
    saveFolder(item) {
      checkFolder(state.value, item.folderId, item.id === undefined ? [] : [item.id])
      const saved: BookmarkFolder = { ...item, id: item.id ?? randomUUID() }
      state.update((value) => ({ ...value, folders: put(value.folders, saved, item.id) }))
      return { id: saved.id }
    },
    move({ ids, folderId, before }) {
      checkIds(state.value, ids)
      checkFolder(state.value, folderId, ids)
      state.update((value) => ({ ...value, ...moveItems(value, topmost(value, ids), folderId, before) }))
    },
    duplicate(ids) {
      checkIds(state.value, ids)
      const duplicated = duplicateItems(state.value, ids)
      state.update((value) => ({ ...value, ...duplicated.tree }))
      return { ids: [...duplicated.ids] }
    },
    remove(ids) {
      checkIds(state.value, ids)
      const removed = withContents(state.value, ids)
      const bookmarks = pick(state.value.bookmarks, removed)
      const folders = pick(state.value.folders, removed)
      state.update((value) => without(value, removed))
      return undoable((value) =>
        untangle({ ...value, bookmarks: putBack(value.bookmarks, bookmarks), folders: putBack(value.folders, folders) }),
      )
    },
    import(items, folderId) {
      checkFolder(state.value, folderId)
      const { tree, added } = placeItems(state.value, items, folderId)
      state.update((value) => ({ ...value, ...tree }))
      return undoable((value) => untangle(without(value, added)))
    },
    undo(undo) {
      const takeBack = undos.get(undo)
      if (!takeBack) throw new UserError('NOT_FOUND', { what: 'undo' })
      undos.delete(undo)
      state.update(takeBack)
    },
    change: (next) => state.update((value) => ({ ...value, ...next(value) })),
    remember(target) {
      const others = state.value.history.filter((earlier) => !isDeepStrictEqual(earlier, target))
      state.update((value) => ({ ...value, history: [target, ...others].slice(0, HISTORY_LENGTH) }))
    },
    clearHistory() {
      state.update((value) => ({ ...value, history: [] }))
    },
  }
}

/** With the places that they had. */
type Placed<Item> = readonly { readonly index: number; readonly item: Item }[]

function without(value: BookmarksState, ids: ReadonlySet<string>): BookmarksState {
  return {
    ...value,
    bookmarks: value.bookmarks.filter((item) => !ids.has(item.id)),
    folders: value.folders.filter((item) => !ids.has(item.id)),
  }
}

function pick<Item extends { id: string }>(items: readonly Item[], ids: ReadonlySet<string>): Placed<Item> {
  return items.map((item, index) => ({ index, item })).filter(({ item }) => ids.has(item.id))
}

function putBack<Item>(items: readonly Item[], removed: Placed<Item>): Item[] {
  return removed.reduce<Item[]>((list, { index, item }) => list.toSpliced(index, 0, item), [...items])
}

function put<Item extends { id: string }>(items: readonly Item[], item: Item, replaced: string | undefined): Item[] {
  if (replaced === undefined) return [...items, item]
  if (!items.some((candidate) => candidate.id === replaced)) throw new UserError('NOT_FOUND', { what: 'bookmark' })
  return items.map((candidate) => (candidate.id === replaced ? item : candidate))
}
