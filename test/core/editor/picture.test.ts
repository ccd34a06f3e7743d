import { expect, test } from 'vitest'
import { pictureTypeOf } from '../../../core/editor/picture.ts'

test.each([
  ['image/png', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['image/gif', Buffer.from('GIF89a....')],
  ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1')],
  ['image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['image/svg+xml', Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- drawn\n by hand -->\n<svg>')],
  [undefined, Buffer.from('<html><svg></svg></html>')],
  [undefined, Buffer.from('<svgscript>')],
  ['application/pdf', Buffer.from('%PDF-1.7')],
  ['application/pdf', Buffer.from('\r\n%PDF-1.7')],
  [undefined, Buffer.alloc(0)],
])('%s is what the bytes say, whatever the name', (type, bytes) => {
  expect(pictureTypeOf(bytes)).toBe(type)
})
