import { expect, test } from 'vitest'
import { inOrder, orderKey, orderKeys } from '../../../../core/bookmarks/shared/order.ts'

const keysOf = (ids: string, known: ReadonlyMap<string, string> = new Map()) => orderKeys([...ids], (id) => known.get(id))
const sorted = (keys: ReadonlyMap<string, string>) =>
  inOrder(
    [...keys.keys()].sort().map((id) => ({ id })),
    (id) => keys.get(id),
  )
    .map(({ id }) => id)
    .join('')
const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...after].flatMap(([id, key]) => (before.get(id) === key ? [] : [id])).join('')

test('what was never in an order is given one, and it stays', () => {
  const keys = keysOf('dacb')
  expect(sorted(keys)).toBe('dacb')
  expect(keysOf('dacb', keys)).toEqual(keys)
})

test.each([
  ['to the front', 'eabcd', 'e'],
  ['to the end', 'bcdea', 'a'],
  ['into the middle', 'acdbe', 'b'],
  ['new ones beside each other', 'abxyzcde', 'xyz'],
  ['two at once', 'cabed', 'ce'],
])('what is moved has another key, and it alone: %s', (_, ids, moved) => {
  const before = keysOf('abcde')
  const after = keysOf(ids, before)
  expect(sorted(after)).toBe(ids)
  expect([...changed(before, after)].sort().join('')).toHaveLength(moved.length)
})

test('two computers that move different ones come to one order with both moves', () => {
  const before = keysOf('abcdefgh')
  const one = keysOf('bacdefgh', before)
  const other = keysOf('abcdefhg', before)
  const merged = new Map([...before].map(([id, key]) => [id, one.get(id) === key ? (other.get(id) ?? '') : (one.get(id) ?? '')]))
  expect(sorted(merged)).toBe('bacdefhg')
})

test('two computers that put something into the same place give it two keys', () => {
  const before = keysOf('ab')
  expect(keysOf('axb', before).get('x')).not.toBe(keysOf('ayb', before).get('y'))
})

test('there is always room: at one place, at both ends, beside keys that somebody made up', () => {
  const ids = Array.from({ length: 400 }, (_, index) => `${index}`)
  let keys: ReadonlyMap<string, string> = new Map([
    ['0', '1'],
    ['1', '11'],
  ])
  const order = ['0', '1']
  for (const [index, id] of ids.slice(2).entries()) {
    order.splice([1, 0, order.length, 1][index % 4] ?? 1, 0, id)
    keys = orderKeys(order, (each) => keys.get(each))
  }
  const given = order.map((id) => keys.get(id) ?? '')
  expect(given.every((key) => orderKey.test(key))).toBe(true)
  expect(given).toEqual([...new Set(given)].sort())
})

test('a key that is none counts as none, and what has none stays behind its neighbour', () => {
  expect([...orderKeys(['a', 'b'], () => '../0').values()].every((key) => orderKey.test(key))).toBe(true)
  const items = [{ id: 'a' }, { id: 'none' }, { id: 'b' }]
  expect(inOrder(items, (id) => ({ a: 'C', b: 'B' })[id]).map(({ id }) => id)).toEqual(['b', 'a', 'none'])
  expect(inOrder(items, (id) => ({ a: 'B', b: 'C' })[id])).toBe(items)
})
