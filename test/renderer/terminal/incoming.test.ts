import { expect, it } from 'vitest'
import { pictureIn, zmodemIn } from '../../../renderer/terminal/incoming.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

it.each([
  ['rz\r**\x18B00000000000000\r\x8a\x11', 'send'],
  ['rz waiting to receive.**\x18B0100000023be50\r\x8a', 'receive'],
  ['**\x18B0800000000022d\r\x8a', undefined],
  ['a\x18b ** B00', undefined],
  ['\x18', undefined],
])('%j means that the host would %s', (text, wanted) => expect(zmodemIn(bytes(text))).toBe(wanted))

it.each([
  ['\x1bPq#0;2;0;0;0', true],
  ['text \x1b[31m \x1bP0;1;0q', true],
  ['\x1b]1337;File=inline=1:', true],
  ['\x1b]1337;MultipartFile=', true],
  ['cut in the middle \x1bP0;1', true],
  ['\x1b]13', true],
  ['\x1bP$q"p\x1b\\', false],
  ['\x1b]1337;CurrentDir=/home\x07', false],
  ['\x1b]0;title\x07 \x1b[1m plain, with colours, and no picture at all', false],
  ['\x1bP+q544e\x1b\\', false],
])('%j begins a picture: %s', (text, wanted) => expect(pictureIn(bytes(text))).toBe(wanted))
