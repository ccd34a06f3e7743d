import { timingSafeEqual } from 'node:crypto'
import { type Authorization, COOKIE } from './xauthority.ts'

/** How an X client begins (X protocol, 8): byte order, version, and two fields, each padded to a multiple of four. */
export type Setup =
  | { readonly kind: 'more' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'whole'; readonly bytes: Buffer; readonly authorization: Authorization; readonly rest: Buffer }

const HEAD_BYTES = 12
/** More than any name and cookie. */
const MOST_BYTES = 1024

/** Pure. */
export function readSetup(said: Buffer): Setup {
  if (said.length === 0) return { kind: 'more' }
  if (said[0] !== 0x42 && said[0] !== 0x6c) return { kind: 'broken' }
  if (said.length < HEAD_BYTES) return { kind: 'more' }
  const [nameLength, dataLength] = [length(said, 6), length(said, 8)]
  const dataAt = HEAD_BYTES + padded(nameLength)
  const end = dataAt + padded(dataLength)
  if (end > MOST_BYTES) return { kind: 'broken' }
  if (said.length < end) return { kind: 'more' }
  const name = said.toString('latin1', HEAD_BYTES, HEAD_BYTES + nameLength)
  const data = Buffer.from(said.subarray(dataAt, dataAt + dataLength))
  return { kind: 'whole', bytes: said.subarray(0, end), authorization: { name, data }, rest: said.subarray(end) }
}

/** Whether the client shows the cookie that was made for this connection. */
export function shows({ name, data }: Authorization, cookie: Buffer): boolean {
  return name === COOKIE && data.length === cookie.length && timingSafeEqual(data, cookie)
}

/** The same beginning with what the real server wants to hear. Pure. */
export function withAuthorization(setup: Buffer, authorization: Authorization | undefined): Buffer {
  const name = Buffer.from(authorization?.name ?? '', 'latin1')
  const data = authorization?.data ?? Buffer.alloc(0)
  const head = Buffer.from(setup.subarray(0, HEAD_BYTES))
  for (const [at, field] of [
    [6, name],
    [8, data],
  ] as const) {
    if (head[0] === 0x42) head.writeUInt16BE(field.length, at)
    else head.writeUInt16LE(field.length, at)
  }
  const pad = (field: Buffer) => Buffer.concat([field, Buffer.alloc(padded(field.length) - field.length)])
  return Buffer.concat([head, pad(name), pad(data)])
}

function length(said: Buffer, at: number): number {
  return said[0] === 0x42 ? said.readUInt16BE(at) : said.readUInt16LE(at)
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}
