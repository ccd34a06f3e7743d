import { expect, test } from 'vitest'
import { createPacketReader } from '../../../../core/ssh/sftp/packet-reader.ts'
import { ANSWER, packet, uint32 } from '../../../../core/ssh/sftp/packets.ts'
import { string } from '../../../../core/ssh/wire.ts'

const data = (id: number, text: string) => packet(ANSWER.DATA, id, string(text))
const status = packet(ANSWER.STATUS, 7, uint32(0))
const stream = Buffer.concat([status, data(1, 'hello'), data(2, 'world, all of it'), packet(ANSWER.HANDLE, 3, string('h')), status])

function readIn(pieceBytes: number, bytes: Buffer = stream) {
  const places = new Map([1, 2].map((id) => [id, Buffer.alloc(16, '.')]))
  const packets: string[] = []
  const read = createPacketReader({
    onPacket: (found) => packets.push(`${found[0]}#${found.readUInt32BE(1)}`),
    placeFor: (id) => places.get(id),
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) read(bytes.subarray(at, at + pieceBytes))
  return { packets, places: [...places.values()].map(String) }
}

test.each([1, 2, 3, 4, 5, 7, 13, 14, 50, 1_000])('packets that come in pieces of %i bytes are the same packets', (pieceBytes) => {
  expect(readIn(pieceBytes)).toEqual({
    packets: ['101#7', '103#1', '103#2', '102#3', '101#7'],
    places: ['hello...........', 'world, all of it'],
  })
})

test.each<[string, Buffer]>([
  ['of no length', uint32(0)],
  ['of a length that would fill the memory', Buffer.from('ffffffff65', 'hex')],
  ['with data that nobody asked for', data(3, 'x')],
  ['with more data than there is room for', data(1, 'x'.repeat(17))],
  ['with no data at all', data(1, '')],
  ['with more after the data', packet(ANSWER.DATA, 1, string('x'), Buffer.of(1))],
  ['with less data than it says', Buffer.concat([uint32(9), Buffer.of(ANSWER.DATA), uint32(1), uint32(16)])],
])('a packet %s is refused', (_, bytes) => {
  for (const pieceBytes of [1, 1_000]) expect(() => readIn(pieceBytes, bytes)).toThrow(RangeError)
})
