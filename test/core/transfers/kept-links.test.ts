import { expect, test } from 'vitest'
import { staysInside } from '../../../core/transfers/kept-links.ts'

test.each([
  // what the link says, how many folders are above it in its tree, whether it stays
  ['file', 0, true],
  ['./file', 0, true],
  ['a/b/c', 0, true],
  ['caf\udce9', 0, true],
  ['..', 0, false],
  ['../x', 0, false],
  ['../x', 1, true],
  ['../../x', 1, false],
  ['..//./../x', 2, true],
  ['.././../x', 1, false],
  ['a/../b', 3, false],
  ['a/..', 3, false],
  ['..x/y..', 0, true],
  ['/etc/passwd', 9, false],
  ['a\\..\\..\\b', 9, false],
  ['a\0b', 9, false],
  ['', 9, false],
  ['x'.repeat(4096), 9, false],
])('a link that says %j, %i folders deep, stays in its tree: %j', (target, depth, stays) => {
  expect(staysInside(target, depth)).toBe(stays)
})
