import type { Bookmark } from '../../contract/models/bookmark.ts'
import type { Target } from '../../contract/models/terminal.ts'

/** The same machine as the same user through the same port, whichever key. */
export function isSameTarget(one: Target, other: Target): boolean {
  if (one.choices?.user !== other.choices?.user || one.choices?.port !== other.choices?.port) return false
  if (one.kind === 'host') return other.kind === 'host' && one.host === other.host
  if (other.kind === 'host') return false
  const { profile, region, instanceId } = one.ref
  return other.ref.profile === profile && other.ref.region === region && other.ref.instanceId === instanceId
}

export function bookmarkOf(bookmarks: readonly Bookmark[], target: Target): Bookmark | undefined {
  return bookmarks.find((bookmark) => isSameTarget(bookmark.target, target))
}
