import { expect, test } from 'vitest'
import type { Bookmark } from '../../../contract/models/bookmark.ts'
import { findBookmarks, findInstances } from '../../../renderer/commands/find.ts'
import { example } from '../instances/example.ts'

test('instances whose name begins with what was written come first, and only a few are shown', () => {
  const instances = [
    example({ id: 'tagged', name: 'api', tags: { role: 'web' } }),
    ...Array.from({ length: 20 }, (_, n) => example({ id: `${n}`, name: `web-${n}` })),
  ]
  const found = findInstances(instances, 'web')
  expect([found.length, found[0]?.name, found.some((instance) => instance.name === 'api')]).toEqual([8, 'web-0', false])
  expect(findInstances(instances, 'role=web').map((instance) => instance.name)).toEqual(['api'])
})

test('bookmarks are found by name and notes', () => {
  const bookmark = (name: string, notes: string): Bookmark => ({
    id: name,
    name,
    notes,
    colour: 'none',
    target: { kind: 'host', host: 'h' },
  })
  const bookmarks = [bookmark('old', 'the Jump host'), bookmark('jump', ''), bookmark('other', '')]
  expect(findBookmarks(bookmarks, 'jump').map(({ name }) => name)).toEqual(['jump', 'old'])
})
