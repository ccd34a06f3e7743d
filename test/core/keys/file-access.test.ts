import { expect, test } from 'vitest'
import { aclArguments, looseMode } from '../../../core/keys/file-access.ts'

test.each([
  [0o600, undefined],
  [0o400, undefined],
  [0o644, '0644'],
  [0o640, '0640'],
  [0o777, '0777'],
])('mode %s is judged as OpenSSH does', (mode, judged) => {
  expect(looseMode(mode, 'linux')).toBe(judged)
})

test('Windows’ modes say nothing', () => {
  expect(looseMode(0o666, 'win32')).toBeUndefined()
})

test('on Windows one user keeps access, inherited rights go, and a path stays one argument', () => {
  expect(aclArguments('C:\\Users\\me\\a & b.pem', 'me')).toEqual([
    'C:\\Users\\me\\a & b.pem',
    '/inheritance:r',
    '/grant:r',
    'me:F',
    '/remove:g',
    '*S-1-1-0',
    '*S-1-5-11',
    '*S-1-5-32-545',
  ])
})
