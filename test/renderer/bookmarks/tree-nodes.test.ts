import { describe, expect, it } from 'vitest'
import type { Bookmark, BookmarkFolder } from '../../../contract/models/bookmark.ts'
import { bookmarksIn, folderPaths, matchesBookmark, movesOf, type TreeNode, toTree } from '../../../renderer/bookmarks/tree-nodes.ts'

const folder = (id: string, folderId?: string): BookmarkFolder => ({ id, name: id.toUpperCase(), ...(folderId && { folderId }) })
const bookmark = (id: string, folderId?: string): Bookmark => ({
  id,
  name: `the ${id}`,
  colour: 'none',
  notes: '',
  target: { kind: 'host', host: `${id}.example`, choices: { user: 'me' } },
  ...(folderId && { folderId }),
})
const ids = (nodes: readonly TreeNode[]): unknown[] => nodes.map(({ id, children }) => (children ? [id, ids(children)] : id))

const tree = toTree({
  folders: [folder('f'), folder('g'), folder('h', 'f')],
  bookmarks: [bookmark('a'), bookmark('b', 'f'), bookmark('c', 'h'), bookmark('d')],
})
const node = (id: string): TreeNode => {
  const all = (nodes: readonly TreeNode[]): readonly TreeNode[] => nodes.flatMap((one) => [one, ...all(one.children ?? [])])
  const found = all(tree).find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('the tree', () => {
  it('shows folders before bookmarks, nested, an empty one too', () => {
    expect(ids(tree)).toEqual([['f', [['h', ['c']], 'b']], ['g', []], 'a', 'd'])
  })

  it('finds the bookmarks in folders, each once', () => {
    expect(bookmarksIn([node('f'), node('b'), node('d')]).map(({ id }) => id)).toEqual(['c', 'b', 'd'])
  })

  it('names folders by their path', () => {
    expect(folderPaths([folder('f'), folder('g'), folder('h', 'f')])).toEqual([
      { id: 'f', path: 'F' },
      { id: 'h', path: 'F / H' },
      { id: 'g', path: 'G' },
    ])
  })

  it.each(['THE B', 'b.example', ' me '])('finds a bookmark by %j', (term) => {
    expect(matchesBookmark(node('b'), term)).toBe(true)
  })
})

describe('a drop', () => {
  it.each([
    ['a bookmark before another', ['d'], 2, [{ ids: ['d'], before: 'a' }]],
    ['a bookmark at the end', ['a'], 4, [{ ids: ['a'] }]],
    ['a bookmark among the folders comes first of its kind', ['d'], 1, [{ ids: ['d'], before: 'a' }]],
    ['a folder among the bookmarks comes last of its kind', ['f'], 3, [{ ids: ['f'] }]],
    ['a folder before another', ['g'], 0, [{ ids: ['g'], before: 'f' }]],
    [
      'both kinds at once',
      ['g', 'd'],
      0,
      [
        { ids: ['g'], before: 'f' },
        { ids: ['d'], before: 'a' },
      ],
    ],
    ['never before what is dragged along', ['a', 'd'], 2, [{ ids: ['a', 'd'] }]],
  ])('puts %s', (_, dragged, index, moves) => {
    expect(movesOf(tree, dragged.map(node), index)).toEqual(moves)
  })
})
