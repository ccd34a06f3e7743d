import { z } from 'zod'
import { target } from './terminal.ts'
import { bookmarkLook } from './terminal-look.ts'

export const bookmarkColours = ['none', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const
const name = z.string().trim().min(1).max(200)

export const bookmark = z.object({
  id: z.string(),
  name,
  /** Absent: at the top. */
  folderId: z.string().optional(),
  colour: z.enum(bookmarkColours),
  target,
  /** A key by its path on this computer, wherever `keys.list` does not know it yet. */
  keyPath: z.string().max(4096).optional(),
  notes: z.string().max(10_000),
  /** How its terminals look, where that is not as usual. */
  look: bookmarkLook.optional(),
})
export type Bookmark = z.infer<typeof bookmark>
export const folder = z.object({ id: z.string(), name, folderId: z.string().optional() })
export type BookmarkFolder = z.infer<typeof folder>

/** In the order they are shown: the order of the arrays, within each folder. `undo` names what was deleted last. */
export const bookmarksState = z.object({ bookmarks: z.array(bookmark), folders: z.array(folder), history: z.array(target).max(30) })
export type BookmarksState = z.infer<typeof bookmarksState>
