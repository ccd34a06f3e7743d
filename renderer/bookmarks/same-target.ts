import type { Bookmark } from '../../contract/models/bookmark.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import type { TerminalTarget } from '../../contract/models/terminal.ts'

export function bookmarkOf(bookmarks: readonly Bookmark[], target: TerminalTarget): Bookmark | undefined {
  const wanted = targetKey(target)
  return bookmarks.find((bookmark) => targetKey(bookmark.target) === wanted)
}
