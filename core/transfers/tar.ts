/** POSIX's ustar with two things of GNU's that every reader of tar knows: long names, and sizes beyond 8 GiB. */
export const BLOCK = 512
const NAME_BYTES = 100
const LARGEST_OCTAL = 8 ** 11 - 1

export interface TarEntry {
  /** With its folders, none of which may lead out. */
  readonly name: Buffer
  readonly kind: 'file' | 'folder'
  readonly size: number
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
}

/** What stands before the entry's bytes. */
export function tarHeader({ kind, size, mode, mtime, ...entry }: TarEntry): Buffer {
  const name = kind === 'folder' ? Buffer.concat([entry.name, Buffer.from('/')]) : entry.name
  const own = block({ name, type: kind === 'folder' ? '5' : '0', size: kind === 'folder' ? 0 : size, mode, mtime })
  if (name.length <= NAME_BYTES) return own
  const long = Buffer.concat([name, Buffer.alloc(1)])
  return Buffer.concat([
    block({ name: Buffer.from('././@LongLink'), type: 'L', size: long.length, mode: 0, mtime: 0 }),
    long,
    tarPadding(long.length),
    own,
  ])
}

/** What stands behind `size` bytes. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

export const TAR_END = Buffer.alloc(2 * BLOCK)

function block(o: { name: Buffer; type: string; size: number; mode: number; mtime: number }): Buffer {
  const bytes = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) => bytes.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1')
  o.name.copy(bytes, 0, 0, NAME_BYTES)
  octal(o.mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  if (o.size <= LARGEST_OCTAL) octal(o.size, 124, 12)
  else {
    bytes[124] = 0x80
    bytes.writeBigUInt64BE(BigInt(o.size), 128)
  }
  octal(Math.min(Math.max(0, o.mtime), LARGEST_OCTAL), 136, 12)
  bytes.write(`        ${o.type}`, 148, 'latin1') // a checksum of blanks, while it is made
  bytes.write('ustar\x0000', 257, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return bytes
}
