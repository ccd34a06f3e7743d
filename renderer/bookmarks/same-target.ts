import type { Bookmark } from '../../contract/models/bookmark.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'

export function bookmarkOf(bookmarks: readonly Bookmark[], target: Target): Bookmark | undefined {
  const wanted = targetKey(target)
  return bookmarks.find((bookmark) => targetKey(bookmark.target) === wanted)
}
