import { describe, expect, test } from 'vitest'
import { decodeText, encodeText } from '../../../core/editor/encoding.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('a text', () => {
  test.each([
    ['nothing', Buffer.alloc(0), { text: '', encoding: 'utf-8', lineEnds: 'lf' }],
    ['UTF-8', Buffer.from('ñ € 😀\n'), { text: 'ñ € 😀\n', encoding: 'utf-8', lineEnds: 'lf' }],
    ['UTF-8 with its mark', bytes('efbbbf 61 0a'), { text: 'a\n', encoding: 'utf-8-bom', lineEnds: 'lf' }],
    ['a mark and nothing more', bytes('efbbbf'), { text: '', encoding: 'utf-8-bom', lineEnds: 'lf' }],
    ['two marks, of which one is text', bytes('efbbbf efbbbf 61'), { text: '\ufeffa', encoding: 'utf-8-bom', lineEnds: 'lf' }],
    ['little-endian UTF-16', bytes('fffe 6100 0d00 0a00'), { text: 'a\n', encoding: 'utf-16le', lineEnds: 'crlf' }],
    ['big-endian UTF-16', bytes('feff 0061 000a d83d de00'), { text: 'a\n😀', encoding: 'utf-16be', lineEnds: 'lf' }],
    ['Latin-1', bytes('f1 0a'), { text: 'ñ\n', encoding: 'latin1', lineEnds: 'lf' }],
    ['UTF-8 cut in the middle', bytes('61 e2 82'), { text: 'a\u00e2\u0082', encoding: 'latin1', lineEnds: 'lf' }],
    ['UTF-16 of an odd length', bytes('fffe 6101 61'), { text: 'ÿþa\u0001a', encoding: 'latin1', lineEnds: 'lf' }],
    ['UTF-16 with half a character', bytes('fffe 3dd8 6101'), { text: 'ÿþ=Øa\u0001', encoding: 'latin1', lineEnds: 'lf' }],
    ['CRLF', Buffer.from('a\r\nb\r\n'), { text: 'a\nb\n', encoding: 'utf-8', lineEnds: 'crlf' }],
    ['CRLF but for its last line', Buffer.from('a\r\nb'), { text: 'a\nb', encoding: 'utf-8', lineEnds: 'crlf' }],
    ['both line ends', Buffer.from('a\r\nb\nc'), { text: 'a\r\nb\nc', encoding: 'utf-8', lineEnds: 'mixed' }],
    ['a beginning that is an empty line', Buffer.from('\na\r\n'), { text: '\na\r\n', encoding: 'utf-8', lineEnds: 'mixed' }],
    ['an old Mac’s line ends', Buffer.from('a\rb\r'), { text: 'a\rb\r', encoding: 'utf-8', lineEnds: 'mixed' }],
    ['a CR too many', Buffer.from('a\r\r\nb'), { text: 'a\r\r\nb', encoding: 'utf-8', lineEnds: 'mixed' }],
  ] as const)('in %s is read, and written as the bytes it was', (_, file, content) => {
    expect(decodeText(file)).toEqual(content)
    expect(encodeText(content)).toEqual(file)
  })

  test.each([
    ['a program', bytes('7f454c46 02010100 00')],
    ['UTF-16 with a NUL', bytes('fffe 6100 0000')],
    ['UTF-16 without its mark', bytes('6100 6200')],
  ])('is not what %s is', (_, file) => {
    expect(decodeText(file)).toBeUndefined()
  })

  test.each([
    ['latin1', 'a€b', '€'],
    ['latin1', '😀', '😀'],
    ['utf-8', 'a\ud800b', '\ud800'],
  ] as const)('in %s that has a character it cannot hold is not written', (encoding, text, character) => {
    expect(() => encodeText({ text, encoding, lineEnds: 'lf' })).toThrow(expect.objectContaining({ character }))
  })

  test.each([
    ['lf', 'a\nb', 'a\nb'],
    ['crlf', 'a\nb\r\nc', 'a\r\nb\r\nc'],
    ['mixed', 'a\nb\r\nc\r', 'a\nb\r\nc\r'],
  ] as const)('with %s line ends is written with these', (lineEnds, text, written) => {
    expect(encodeText({ text, encoding: 'utf-8', lineEnds }).toString()).toBe(written)
  })
})
