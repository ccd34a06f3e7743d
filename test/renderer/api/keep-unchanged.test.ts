import { expect, it } from 'vitest'
import { keepUnchanged } from '../../../renderer/api/keep-unchanged.ts'

const a = { id: 'a', steps: [1] }
const b = { id: 'b', steps: [2] }

it('keeps the objects of what is as it was', () => {
  const next = keepUnchanged(
    [a, b],
    [
      { id: 'a', steps: [1] },
      { id: 'b', steps: [2, 3] },
      { id: 'c', steps: [] },
    ],
  )
  expect(next[0]).toBe(a)
  expect(next.slice(1)).toEqual([
    { id: 'b', steps: [2, 3] },
    { id: 'c', steps: [] },
  ])
})

it('keeps the whole list where nothing has changed, and not where the order or the number has', () => {
  const before = [a, b]
  expect(keepUnchanged(before, structuredClone(before))).toBe(before)
  expect(keepUnchanged(before, [b, a])).toEqual([b, a])
  expect(keepUnchanged(before, [a])).toEqual([a])
})
