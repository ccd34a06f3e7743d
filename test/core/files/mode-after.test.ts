import { expect, test } from 'vitest'
import { modeAfter } from '../../../core/files/change.ts'

test.each([
  ['644 made 600', 0o644, false, { set: 0o600, clear: 0o7777, searchOnly: false }, 0o600],
  ['what is not named stays', 0o4755, false, { set: 0o020, clear: 0, searchOnly: false }, 0o4775],
  ['a bit is taken', 0o666, false, { set: 0, clear: 0o022, searchOnly: false }, 0o644],
  ['a folder can be searched', 0o700, true, { set: 0o755, clear: 0o7777, searchOnly: true }, 0o755],
  ['a file beside it does not become a program', 0o600, false, { set: 0o755, clear: 0o7777, searchOnly: true }, 0o644],
  ['a program beside it stays one', 0o744, false, { set: 0o644, clear: 0o7777, searchOnly: true }, 0o744],
])('%s', (_name, mode, folder, change, after) => {
  expect(modeAfter(mode, folder, change).toString(8)).toBe(after.toString(8))
})
