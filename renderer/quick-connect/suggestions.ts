import type { BookmarksState } from '../../contract/models/bookmark.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { formatTarget } from './format.ts'

export interface Suggestion {
  /** What one sees and types. */
  readonly label: string
  readonly target: Target
  readonly keyPath?: string | undefined
}

/** The history, newest first, and the bookmarks; nothing is there twice. */
export function suggestions({ history, bookmarks }: BookmarksState): { history: readonly Suggestion[]; bookmarks: readonly Suggestion[] } {
  const seen = new Set<string>()
  const once = ({ label }: Suggestion) => !seen.has(label) && seen.add(label)
  return {
    history: history.map((target): Suggestion => ({ label: formatTarget(target), target })).filter(once),
    bookmarks: bookmarks
      .map(({ name, target, keyPath }): Suggestion => ({ label: bookmarkLabel(name, target), target, keyPath }))
      .filter(once),
  }
}

function bookmarkLabel(name: string, target: Target): string {
  const address = formatTarget(target)
  return name === address ? name : `${name} (${address})`
}
