import { expect, test } from 'vitest'
import { movedTo, selectedAfter } from '../../../renderer/files/selection.ts'

const names = ['a', 'b', 'c', 'd']

test.each([
  ['only', ['a', 'b'], undefined, 2, ['c']],
  ['toggle', ['a'], 0, 2, ['a', 'c']],
  ['toggle', ['a', 'c'], 2, 0, ['c']],
  ['range', ['a'], 1, 3, ['b', 'c', 'd']],
  ['range', [], 3, 2, ['c', 'd']],
  ['range', [], undefined, 2, ['c']],
  ['only', ['a'], 0, 9, ['a']],
] as const)('%s with %j selected and the cursor on %s, at %i: %j', (how, before, cursor, index, wanted) => {
  expect([...selectedAfter(names, new Set(before), cursor, index, how)].sort()).toEqual(wanted)
})

test.each([
  ['ArrowDown', 100, undefined, 0],
  ['ArrowUp', 100, undefined, 99],
  ['ArrowDown', 100, 99, 99],
  ['ArrowUp', 100, 0, 0],
  ['PageDown', 100, 3, 18],
  ['PageUp', 100, 3, 0],
  ['Home', 100, 50, 0],
  ['End', 100, 50, 99],
  ['x', 100, 50, undefined],
  ['ArrowDown', 0, undefined, undefined],
])('%s among %i from %s leads to %s', (key, count, from, wanted) => {
  expect(movedTo(key, count, from)).toBe(wanted)
})
