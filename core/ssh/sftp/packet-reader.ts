import { ANSWER } from './packets.ts'

/** OpenSSH answers in packets of 256 KiB at most; who sends more does not mean well. */
const LARGEST_PACKET = 512 * 1024
const LENGTH_BYTES = 4
/** Type, id, and what tells one kind of answer from another: the length of the data, for one. */
const HEAD_BYTES = 9

interface Reading {
  /** `bytes`: a whole packet without its length. Of one that carries data, up to there. */
  onPacket(bytes: Buffer): void
  /** Where the data of an answer goes, as it comes. Undefined when nobody asked for data under this id. */
  placeFor(id: number): Buffer | undefined
}

/**
 * Cuts what a channel brings into packets. Data is put where it is wanted without being gathered first: new memory for each answer
 * costs more than all the rest. What it returns throws RangeError for what can be no answer.
 */
export function createPacketReader({ onPacket, placeFor }: Reading): (chunk: Buffer) => void {
  let pieces: Buffer[] = []
  let gathered = 0
  let wanted = LENGTH_BYTES
  let filling: { readonly head: Buffer; place: Buffer } | undefined

  function start() {
    pieces = []
    gathered = 0
    wanted = LENGTH_BYTES
    filling = undefined
  }
  function gather(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, wanted - gathered)
    pieces.push(part)
    gathered += part.length
    if (gathered === wanted) look(pieces.length === 1 ? part : Buffer.concat(pieces))
    return chunk.subarray(part.length)
  }
  function look(bytes: Buffer) {
    pieces = [bytes]
    const length = bytes.readUInt32BE(0)
    if (length < 1 || length > LARGEST_PACKET) throw new RangeError('packet of an impossible length')
    const end = LENGTH_BYTES + length
    const head = Math.min(end, LENGTH_BYTES + HEAD_BYTES)
    if (gathered < head) {
      wanted = head
    } else if (bytes[LENGTH_BYTES] === ANSWER.DATA) {
      fillFrom(bytes.subarray(LENGTH_BYTES), length)
    } else if (gathered < end) {
      wanted = end
    } else {
      start()
      onPacket(bytes.subarray(LENGTH_BYTES))
    }
  }
  function fillFrom(head: Buffer, length: number) {
    const dataBytes = head.readUInt32BE(5)
    const place = placeFor(head.readUInt32BE(1))
    if (!place || dataBytes === 0 || dataBytes > place.length || length !== HEAD_BYTES + dataBytes) {
      throw new RangeError('other data than was asked for')
    }
    filling = { head, place: place.subarray(0, dataBytes) }
  }
  function fill(to: NonNullable<typeof filling>, chunk: Buffer): Buffer {
    const length = chunk.copy(to.place)
    to.place = to.place.subarray(length)
    if (to.place.length === 0) {
      start()
      onPacket(to.head)
    }
    return chunk.subarray(length)
  }

  return (chunk) => {
    for (let rest = chunk; rest.length > 0; ) rest = filling ? fill(filling, rest) : gather(rest)
  }
}
