import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Bookmark, BookmarkFolder } from '../../contract/models/bookmark.ts'
import { type RecordVersion, recordVersion } from '../../contract/models/shared-folder.ts'
import { openStore } from '../store/store.ts'
import { UserError } from '../user-error.ts'
import type { Bookmarks } from './bookmarks.ts'

/** How bookmarks and their folders were before each change, whoever made it: here, or in a shared folder. */
export interface Versions {
  readonly problem: UserErrorData | undefined
  /** The last one first. */
  list(id: string): readonly RecordVersion[]
  /** It is so again; what it was until now becomes a version. Throws UserError NOT_FOUND. */
  restore(id: string, version: string): void
  /** One that never was here. */
  keep(item: Bookmark | BookmarkFolder): void
  close(): void
}

const MOST_OF_ONE = 20
/** Of bookmarks that were deleted: they may come back, by undo or out of a shared folder. */
const MOST_DELETED = 500

export function openVersions(folder: string, bookmarks: Bookmarks, log: { error(details: object, text: string): void }): Versions {
  const { state, problem } = openStore<Readonly<Record<string, RecordVersion[]>>>({
    folder,
    name: 'bookmark-versions',
    schema: z.record(z.string(), recordVersion.array()),
    defaults: {},
  })
  let before = itemsOf(bookmarks)

  function add(items: readonly (Bookmark | BookmarkFolder)[]) {
    if (items.length === 0) return
    const at = new Date().toISOString()
    const next = { ...state.value }
    for (const item of items) {
      const known = next[item.id] ?? []
      delete next[item.id] // to the end: what changed last is forgotten last
      next[item.id] = [...known, { version: randomUUID(), at, item }].slice(-MOST_OF_ONE)
    }
    const deleted = Object.keys(next).filter((id) => !before.has(id))
    for (const id of deleted.slice(0, -MOST_DELETED)) delete next[id]
    try {
      state.set(next)
    } catch (error) {
      log.error({ err: error }, 'an earlier version could not be kept')
    }
  }

  const unsubscribe = bookmarks.state.subscribe(() => {
    const earlier = before
    before = itemsOf(bookmarks)
    add([...earlier.values()].filter((item) => item !== before.get(item.id) && !isDeepStrictEqual(item, before.get(item.id))))
  })

  return {
    problem,
    list: (id) => (state.value[id] ?? []).toReversed(),
    restore(id, version) {
      const item = state.value[id]?.find((candidate) => candidate.version === version)?.item
      if (!item) throw new UserError('NOT_FOUND', { what: 'version' })
      // It stays where it is now: the folder that it was in may be gone since, or be inside it.
      const folderId = before.get(id)?.folderId
      const placed = { ...item, folderId }
      if ('target' in placed) bookmarks.save(placed)
      else bookmarks.saveFolder(placed)
    },
    keep: (item) => add([item]),
    close: unsubscribe,
  }
}

function itemsOf({ state }: Bookmarks): ReadonlyMap<string, Bookmark | BookmarkFolder> {
  return new Map([...state.value.folders, ...state.value.bookmarks].map((item) => [item.id, item]))
}
