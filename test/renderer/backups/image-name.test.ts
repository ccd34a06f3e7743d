import { expect, test } from 'vitest'
import { imageNameFor, isImageName } from '../../../renderer/backups/image-name.ts'

test.each([
  ['web-1', 'web-1 2026-11-25 09.05'],
  ['São: Paulo/1', 'S-o- Paulo/1 2026-11-25 09.05'],
  ['x'.repeat(300), `${'x'.repeat(100)} 2026-11-25 09.05`],
])('%s is filled in as a name that EC2 takes', (instance, name) => {
  expect(imageNameFor(instance, new Date('2026-11-25T09:05:59Z'))).toBe(name)
  expect(isImageName(name)).toBe(true)
})

test.each(['ab', 'a'.repeat(129), 'a:b:c', ''])('%s is none', (name) => expect(isImageName(name)).toBe(false))
