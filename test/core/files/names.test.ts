import { describe, expect, test } from 'vitest'
import { bytesOf, inFolder, problemOf, textOf } from '../../../core/files/names.ts'
import { failureOf } from '../../integration/ssh/connecting.ts'

describe('bytes as text', () => {
  test.each([
    ['UTF-8', Buffer.from('ñandú 日本 🚲')],
    ['Latin-1', Buffer.from('ñandú', 'latin1')],
    ['every byte', Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1))],
    ['a surrogate in CESU', Buffer.from('eda080eda080', 'hex')],
    ['a character that ends early', Buffer.from('61e697', 'hex')],
    ['overlong', Buffer.from('c0af', 'hex')],
  ])('come back as they were: %s', (_what, bytes) => {
    const text = JSON.parse(JSON.stringify(textOf(bytes)))
    expect(bytesOf(text)).toEqual(bytes)
  })

  test('are never a slash by another writing', () => {
    expect(textOf(Buffer.from('c0af', 'hex'))).not.toContain('/')
  })
})

test.each([
  ['', 'empty'],
  ['.', 'dots'],
  ['..', 'dots'],
  ['../x', 'slash'],
  ['/etc/passwd', 'slash'],
  ['a\0b', 'nul'],
  ['x'.repeat(10_000), 'too-long'],
  ['a\\..\\b', undefined],
  ['...', undefined],
  ['\udcff', undefined],
])('the name %j has the problem %s', (name, problem) => {
  expect(problemOf(name)).toBe(problem)
})

test('a name stays in its folder', async () => {
  expect(inFolder('/', 'etc').toString()).toBe('/etc')
  expect(inFolder('/home/me', 'a\\..\\b').toString()).toBe('/home/me/a\\..\\b')
  expect(await failureOf(Promise.resolve().then(() => inFolder('/home', '../etc')))).toEqual({
    code: 'FILE_NAME_REFUSED',
    details: { name: '../etc', problem: 'slash' },
  })
})
