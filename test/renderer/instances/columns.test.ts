import { expect, test } from 'vitest'
import { chosenColumns, sortInstances } from '../../../renderer/instances/columns.ts'
import { example } from './example.ts'

const ids = (instances: readonly { ref: { instanceId: string } }[]) => instances.map((instance) => instance.ref.instanceId)

test('sorts by name as people count: web-2 before web-10, capitals beside small letters', () => {
  const instances = [example({ id: 'a', name: 'web-10' }), example({ id: 'b', name: 'Web-2' }), example({ id: 'c', name: 'api' })]
  expect(ids(sortInstances(instances, { column: 'name', descending: false }))).toEqual(['c', 'b', 'a'])
  expect(ids(sortInstances(instances, { column: 'name', descending: true }))).toEqual(['a', 'b', 'c'])
})

test('what has no value comes last in both directions', () => {
  const instances = [example({ id: 'none' }), example({ id: 'one', keyName: 'k1' }), example({ id: 'two', keyName: 'k2' })]
  expect(ids(sortInstances(instances, { column: 'keyName', descending: false }))).toEqual(['one', 'two', 'none'])
  expect(ids(sortInstances(instances, { column: 'keyName', descending: true }))).toEqual(['two', 'one', 'none'])
})

test('equal values are ordered by name, so that a refresh moves nothing', () => {
  const instances = [example({ id: 'b', name: 'b' }), example({ id: 'a', name: 'a' })]
  expect(ids(sortInstances(instances, { column: 'type', descending: true }))).toEqual(['a', 'b'])
})

test('an unknown column sorts by name, and is not shown; the name always is', () => {
  expect(
    ids(sortInstances([example({ id: 'b', name: 'b' }), example({ id: 'a', name: 'a' })], { column: '?', descending: false })),
  ).toEqual(['a', 'b'])
  expect(chosenColumns(['type', '?', 'constructor']).map((column) => column.id)).toEqual(['name', 'type'])
})
