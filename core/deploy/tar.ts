import { open, readdir, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../user-error.ts'

/** What is made from the rest, or is nobody else's business. */
const LEFT_OUT = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.mooring-start', '.mooring-commit', '.DS_Store', '.env'])
const BLOCK = 512
const PIECE_BYTES = 256 * 1024

/** A folder of this computer as a tar stream (POSIX.1-2001, pax); links that lead out of it stay here. Throws TRANSFER_NOT_FOUND. */
export async function* tarOf(folder: string): AsyncGenerator<Uint8Array, void> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new UserError('TRANSFER_NOT_FOUND', { name: folder, side: 'here' })
  yield* below(folder, '')
  yield Buffer.alloc(2 * BLOCK)
}

async function* below(folder: string, prefix: string): AsyncGenerator<Uint8Array, void> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (LEFT_OUT.has(entry.name)) continue
    const path = prefix ? `${prefix}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      yield header({ path: `${path}/`, type: '5', size: 0, mode: 0o755 })
      yield* below(folder, path)
    } else if (entry.isSymbolicLink()) {
      const target = await readlink(join(folder, path))
      if (!target.startsWith('/') && !target.split('/').includes('..')) yield header({ path, type: '2', size: 0, mode: 0o777, target })
    } else if (entry.isFile()) yield* file(folder, path)
  }
}

async function* file(folder: string, path: string): AsyncGenerator<Uint8Array, void> {
  const handle = await open(join(folder, path))
  try {
    const { size, mode } = await handle.stat()
    yield header({ path, type: '0', size, mode: mode & 0o111 ? 0o755 : 0o644 })
    let left = size
    while (left > 0) {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(left, PIECE_BYTES)) })
      // It became shorter meanwhile: the header has said how long it is.
      if (bytesRead === 0) throw new UserError('TRANSFER_SOURCE_CHANGED', { name: path })
      left -= bytesRead
      yield buffer.subarray(0, bytesRead)
    }
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
  } finally {
    await handle.close()
  }
}

interface Entry {
  readonly path: string
  readonly type: '0' | '2' | '5' | 'x'
  readonly size: number
  readonly mode: number
  readonly target?: string
}

function header(entry: Entry): Buffer {
  const { path, target = '' } = entry
  const records = [
    path.length > 99 || !isAscii(path) ? record('path', path) : '',
    target.length > 99 || !isAscii(target) ? record('linkpath', target) : '',
  ]
  const pax = Buffer.from(records.join(''))
  if (pax.length === 0) return block(entry)
  const padding = Buffer.alloc((BLOCK - (pax.length % BLOCK)) % BLOCK)
  return Buffer.concat([block({ path: 'pax', type: 'x', size: pax.length, mode: 0o644 }), pax, padding, block(entry)])
}

/** `%d %s=%s\n`, whose length counts itself. */
function record(name: string, value: string): string {
  const rest = Buffer.byteLength(` ${name}=${value}\n`)
  let length = rest + String(rest).length
  if (rest + String(length).length !== length) length += 1
  return `${length} ${name}=${value}\n`
}

function block({ path, type, size, mode, target = '' }: Entry): Buffer {
  const bytes = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) => bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at)
  bytes.write(path.slice(0, 99), 0)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.floor(Date.now() / 1000), 136, 12)
  bytes.write('        ', 148)
  bytes.write(type, 156)
  bytes.write(target.slice(0, 99), 157)
  bytes.write('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}
