import { describe, expect, test } from 'vitest'
import type { FileEntry } from '../../../contract/models/file.ts'
import { order, seen, typeAhead } from '../../../renderer/files/order.ts'

const file = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({ name, kind: 'file', size: 1, ...more })
const entries = [
  file('file10', { size: 5, uid: 1, modified: 3 }),
  file('File2', { size: 9, uid: 2, modified: 1 }),
  file('.hidden'),
  file('zeta', { kind: 'folder' }),
  file('to-folder', { kind: 'link', link: { target: 'x', leadsTo: 'folder' } }),
  file('a\u202eb', { size: 7, uid: 1, modified: 2 }),
]
const listing = { entries, owners: { 1: 'zoe', 2: 'adam' }, groups: {} }
type Wishes = Partial<Parameters<typeof seen>[1] & { readonly sort: Parameters<typeof order>[1] }>
const names = ({ sort = { column: 'name', descending: false }, ...wishes }: Wishes) =>
  seen(order(listing, sort), { filter: '', hidden: false, ...wishes }).map(({ name }) => name)

describe('a folder', () => {
  test.each<[string, Wishes, string[]]>([
    ['by name: folders first, numbers as numbers', {}, ['to-folder', 'zeta', 'a\u202eb', 'File2', 'file10']],
    ['the other way round', { sort: { column: 'name', descending: true } }, ['zeta', 'to-folder', 'file10', 'File2', 'a\u202eb']],
    ['by size', { sort: { column: 'size', descending: false } }, ['to-folder', 'zeta', 'file10', 'a\u202eb', 'File2']],
    ['by time', { sort: { column: 'modified', descending: true } }, ['zeta', 'to-folder', 'file10', 'a\u202eb', 'File2']],
    ["by owner's name", { sort: { column: 'owner', descending: false } }, ['to-folder', 'zeta', 'File2', 'a\u202eb', 'file10']],
    ['with what is hidden', { hidden: true, filter: 'hid' }, ['.hidden']],
    ['filtered, whatever the case', { filter: ' FILE ' }, ['File2', 'file10']],
    ['filtered by what is shown of a hostile name', { filter: '\\u202e' }, ['a\u202eb']],
  ])('is arranged %s', (_what, wishes, wanted) => {
    expect(names(wishes)).toEqual(wanted)
  })
})

test('names whose order as text is another one are in the order that people read', () => {
  const mixed = ['b', 'B2', 'ä', 'a10', 'A9', 'z', 'É', 'a\u0301', `n${'9'.repeat(20)}`, 'n1', '_x', '10', '9'].map((name) => file(name))
  const people = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const inOrder = order({ entries: mixed, owners: {}, groups: {} }, { column: 'name', descending: false }).entries
  for (const [index, { name }] of inOrder.slice(1).entries())
    expect(people.compare(inOrder[index]?.name ?? '', name)).toBeLessThanOrEqual(0)
})

test.each([
  ['f', -1, 0],
  ['f', 0, 1],
  ['fi', 1, 1],
  ['z', 0, 3],
  ['f', 3, 0],
  ['q', 0, undefined],
])('typing %s on entry %s leads to entry %s', (typed, from, wanted) => {
  expect(typeAhead(entries, typed, from)).toBe(wanted)
})
