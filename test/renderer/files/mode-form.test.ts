import { expect, test } from 'vitest'
import { bitsFrom, bitsOf, modeChangeOf, octalOf, withBit } from '../../../renderer/files/mode-form.ts'

test.each([
  [[0o644], '644'],
  [[0o4755, 0o4755], '4755'],
  [[0o644, 0o600], ''],
  [[0o007], '007'],
])('%j is written %j', (modes, octal) => {
  expect(octalOf(bitsOf(modes))).toBe(octal)
})

test.each(['', '64', '888', '07777', 'rwx'])('%j is no mode', (octal) => {
  expect(bitsFrom(octal)).toBeUndefined()
})

test('only what was changed is changed', () => {
  const before = bitsOf([0o644, 0o600])
  expect(modeChangeOf(before, before, false)).toBeUndefined()
  expect(modeChangeOf(before, withBit(before, 0o004, false), false)).toEqual({ set: 0, clear: 0o004, searchOnly: false })
  expect(modeChangeOf(before, withBit(before, 0o100, true), false)).toEqual({ set: 0o100, clear: 0, searchOnly: false })
})

test('what is in folders gets all that is settled', () => {
  const all = bitsFrom('750') ?? bitsOf([])
  expect(modeChangeOf(bitsOf([0o750]), all, true)).toEqual({ set: 0o750, clear: 0o7027, searchOnly: true })
})
