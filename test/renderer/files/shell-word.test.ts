import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bytesOf } from '../../../core/files/names.ts'
import { shellWord } from '../../../renderer/files/shell-word.ts'

test.each([
  '/plain/path.txt',
  "/it's/here",
  '/a b/$(reboot)/`x`/"q"/!!/*?[]{}',
  '/back\\slash\\n',
  '/new\nline\r\t\x1b[31m\x7f',
  "/quote'and\nline\\",
  '/exe.\u202egpj\u200b',
  '/latin-\udcf1and\udcfa',
  '/ñandú/日本/🚲',
  '-rf',
  '~root',
  '',
])('a shell reads %j as one word, byte for byte, and no key is pressed by it', (path) => {
  const word = shellWord(path)
  expect(word).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  expect(execFileSync('bash', ['-c', `printf %s ${word}`])).toEqual(bytesOf(path))
})
