import { expect, test } from 'vitest'
import { modeLetters } from '../../../renderer/files/mode.ts'
import { joinPath, parentOf, shortPath, typedPath } from '../../../renderer/files/paths.ts'
import { formatSize } from '../../../renderer/files/size.ts'

test.each([
  ['file', 0o644, '-rw-r--r--'],
  ['folder', 0o1777, 'drwxrwxrwt'],
  ['file', 0o6755, '-rwsr-sr-x'],
  ['file', 0o7644, '-rwSr-Sr-T'],
  ['link', undefined, 'l'],
] as const)('%s %s is %s', (kind, mode, letters) => {
  expect(modeLetters(kind, mode)).toBe(letters)
})

test.each([
  [0, '0B'],
  [999, '999B'],
  [1_840, '1.8 kB'],
  [94_000, '94 kB'],
  [3_000_000_000, '3 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes, 'en')).toBe(text)
})

test('paths are put together and taken apart', () => {
  expect([joinPath('/', 'a'), joinPath('/a', 'b')]).toEqual(['/a', '/a/b'])
  expect([parentOf('/'), parentOf('/a'), parentOf('/a/b/')]).toEqual([undefined, '/', '/a'])
  expect([shortPath('/home/me/x', '/home/me'), shortPath('/home/me', '/home/me'), shortPath('/home/me2', '/home/me')]).toEqual([
    '~/x',
    '~',
    '/home/me2',
  ])
  expect([typedPath('x', '/a'), typedPath('~/x', '/a'), typedPath('/x', '/a')]).toEqual(['/a/x', '~/x', '/x'])
})
