/** RFC 4251, 5: the `string` and `mpint` that keys, agents and host keys are made of. */
export function string(value: string | Uint8Array): Buffer {
  const length = typeof value === 'string' ? Buffer.byteLength(value) : value.length
  const bytes = Buffer.allocUnsafe(4 + length)
  bytes.writeUInt32BE(length)
  if (typeof value === 'string') bytes.write(value, 4)
  else bytes.set(value, 4)
  return bytes
}

/** `magnitude` is a positive number, big-endian; leading zeros do not matter. */
export function mpint(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0)
  if (first < 0) return string('')
  const digits = magnitude.subarray(first)
  const negativeLooking = (digits[0] ?? 0) >= 0x80
  return string(negativeLooking ? Buffer.concat([Buffer.of(0), digits]) : digits)
}

export interface WireReader {
  /** Throws RangeError where the bytes end early. */
  uint32(): number
  uint64(): bigint
  string(): Buffer
  readonly rest: Buffer
}

export function readWire(bytes: Buffer, start = 0): WireReader {
  let at = start
  return {
    uint32() {
      const value = bytes.readUInt32BE(at)
      at += 4
      return value
    },
    uint64() {
      const value = bytes.readBigUInt64BE(at)
      at += 8
      return value
    },
    string() {
      const length = this.uint32()
      if (length > bytes.length - at) throw new RangeError('string reaches past the end')
      at += length
      return bytes.subarray(at - length, at)
    },
    get rest() {
      return bytes.subarray(at)
    },
  }
}

/** The key's type: the first string of its blob (RFC 4253, 6.6). */
export function blobType(blob: Buffer): string {
  return readWire(blob).string().toString('latin1')
}
