import type { Bookmark } from '../../contract/models/bookmark.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { matcher } from '../instances/haystack.ts'

const MOST_INSTANCES = 8
const MOST_BOOKMARKS = 5

/** The first few that match; those whose name begins with what was written come first. */
export function findInstances(instances: readonly Instance[], query: string): readonly Instance[] {
  return byName(instances.filter(matcher(query)), query, (instance) => instance.name).slice(0, MOST_INSTANCES)
}

export function findBookmarks(bookmarks: readonly Bookmark[], query: string): readonly Bookmark[] {
  const text = query.toLowerCase()
  const found = bookmarks.filter((bookmark) => `${bookmark.name}\n${bookmark.notes}`.toLowerCase().includes(text))
  return byName(found, query, (bookmark) => bookmark.name).slice(0, MOST_BOOKMARKS)
}

function byName<Item>(items: readonly Item[], query: string, nameOf: (item: Item) => string): readonly Item[] {
  const begins = (item: Item) => nameOf(item).toLowerCase().startsWith(query.toLowerCase())
  const sorted = items.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  return [...sorted.filter(begins), ...sorted.filter((item) => !begins(item))]
}
