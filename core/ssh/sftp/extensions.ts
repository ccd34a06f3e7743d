import { readWire } from '../wire.ts'
import { readUint64 } from './packets.ts'

/** Bytes of data that one request may carry. */
export interface Limits {
  readonly readBytes: number
  readonly writeBytes: number
}
/** In bytes; `available` is what this login may still write. */
export interface Space {
  readonly total: number
  readonly free: number
  readonly available: number
}

/** OpenSSH's own limit. A request of more gains nothing, and a server's word for more is not taken. */
const MOST_BYTES = 255 * 1024
const LEAST_BYTES = 1024
/** What every server takes (draft-ietf-secsh-filexfer-02, 3). */
export const PLAIN_BYTES = 32 * 1024
export const PLAIN_LIMITS: Limits = { readBytes: PLAIN_BYTES, writeBytes: PLAIN_BYTES }

/** Of limits@openssh.com (OpenSSH's PROTOCOL, 4.8), or where there is none, by what is known of the server. */
export function limitsOf(body: Buffer | undefined, software = ''): Limits {
  if (!body) {
    const bytes = /^openssh/i.test(software) ? MOST_BYTES : PLAIN_BYTES
    // A read that is too large is answered with less; a write that is too large ends the channel.
    return { readBytes: MOST_BYTES, writeBytes: bytes }
  }
  const reader = readWire(body)
  const [_packet, read = 0, write = 0] = [readUint64(reader), readUint64(reader), readUint64(reader)]
  return { readBytes: within(read), writeBytes: within(write) }
}

/** 0 is no limit. */
function within(bytes: number): number {
  return bytes === 0 ? MOST_BYTES : Math.max(LEAST_BYTES, Math.min(MOST_BYTES, bytes))
}

/** Of statvfs@openssh.com (OpenSSH's PROTOCOL, 4.4). */
export function spaceOf(body: Buffer): Space {
  const reader = readWire(body)
  const [_block, unit, blocks, free, available] = Array.from({ length: 5 }, () => readUint64(reader)) as [number, ...number[]]
  const bytes = (count = 0) => Math.min(count * (unit ?? 0), Number.MAX_SAFE_INTEGER)
  return { total: bytes(blocks), free: bytes(free), available: bytes(available) }
}
