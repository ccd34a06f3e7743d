import { expect, test } from 'vitest'
import { refKey } from '../../../renderer/api/instances.ts'
import type { ListRow } from '../../../renderer/instances/list-rows.ts'
import { moveTo } from '../../../renderer/instances/move.ts'
import { nextKeys } from '../../../renderer/instances/use-selection.ts'
import { example } from './example.ts'

const line = (kind: ListRow['kind']) => ({ kind, key: kind }) as ListRow
const rows = [line('region'), line('problem'), line('instance'), line('instance'), line('loading')]

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 0, 2],
  ['ArrowDown', 3, undefined],
  ['ArrowUp', 2, 0],
  ['ArrowUp', 0, undefined],
  ['Home', 3, 0],
  ['End', 0, 3],
  ['PageDown', 0, 3],
  ['PageUp', 3, 0],
  ['x', 0, undefined],
])('%s on line %s moves to %s, past what does nothing', (key, from, to) => {
  expect(moveTo(key, rows, from)).toBe(to)
})

const instances = ['a', 'b', 'c', 'd'].map((id) => example({ id }))
const keysOf = (...ids: string[]) => new Set(ids.map((id) => refKey(example({ id }).ref)))

test('a click selects one, with Ctrl one more or less, with Shift everything in between', () => {
  expect(nextKeys(instances, keysOf('d'), 3, 1, 'only')).toEqual(keysOf('b'))
  expect(nextKeys(instances, keysOf('a'), 0, 2, 'toggle')).toEqual(keysOf('a', 'c'))
  expect(nextKeys(instances, keysOf('a', 'c'), 0, 2, 'toggle')).toEqual(keysOf('a'))
  expect(nextKeys(instances, keysOf('c'), 2, 0, 'range')).toEqual(keysOf('a', 'b', 'c'))
  expect(nextKeys(instances, keysOf(), undefined, 1, 'range')).toEqual(keysOf('b'))
})
