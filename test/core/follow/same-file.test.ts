import { expect, test } from 'vitest'
import { liesBetween } from '../../../core/follow/same-file.ts'

const file = (size: number, modified: number, more = {}) => ({ size, modified, uid: 0, mode: 0o100640, ...more })

test.each([
  ['one that lies still', file(10, 5), file(10, 5), file(10, 5), true],
  ['one that grows while it is asked about', file(10, 5), file(12, 5), file(15, 6), true],
  ['a new one, which is smaller', file(0, 9), file(10, 5), file(3, 9), false],
  ['a new one, which is larger from the beginning', file(50, 9), file(10, 5), file(60, 9), false],
  ['a new one of the same size, written later', file(10, 9), file(10, 5), file(10, 9), false],
  ['a new one of somebody else', file(10, 5, { uid: 33 }), file(10, 5), file(10, 5, { uid: 33 }), false],
  ['a new one with another mode', file(10, 5, { mode: 0o100600 }), file(10, 5), file(10, 5, { mode: 0o100600 }), false],
])('%s: before, open, after', (_what, before, ours, after, same) => {
  expect(liesBetween(before, ours, after)).toBe(same)
})
