import { createHash } from 'node:crypto'

const WIDTH = 17
const HEIGHT = 9
/** From never visited to most often; then the start and the end. */
const SYMBOLS = ' .o+=*BOX@%&#/^SE'
const MOST = SYMBOLS.length - 3

/** OpenSSH's picture of a public key, as `ssh-keygen -lv` prints it (sshkey.c, fingerprint_randomart). `blob`: RFC 4253, 6.6. */
export function randomart(blob: Buffer): string {
  const field = walk(createHash('sha256').update(blob).digest())
  const rows = field.map((row) => `|${row.map((visits) => SYMBOLS[visits]).join('')}|`)
  return [border(title(blob)), ...rows, border('[SHA256]')].join('\n')
}

/** The drunken bishop: two bits a step, along the diagonals, held by the walls. */
function walk(digest: Buffer): number[][] {
  const field = Array.from({ length: HEIGHT }, () => new Array<number>(WIDTH).fill(0))
  const visit = (x: number, y: number, change: (visits: number) => number) => {
    const row = field[y]
    if (row) row[x] = change(row[x] ?? 0)
  }
  const start = { x: (WIDTH - 1) / 2, y: (HEIGHT - 1) / 2 }
  let { x, y } = start
  for (const byte of digest) {
    for (let shift = 0; shift < 8; shift += 2) {
      x = clamp(x + ((byte >> shift) & 1 ? 1 : -1), WIDTH)
      y = clamp(y + ((byte >> shift) & 2 ? 1 : -1), HEIGHT)
      visit(x, y, (visits) => Math.min(visits + 1, MOST))
    }
  }
  visit(start.x, start.y, () => MOST + 1)
  visit(x, y, () => MOST + 2)
  return field
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value))
}

function border(text: string): string {
  return `+${`${'-'.repeat((WIDTH - text.length) / 2)}${text}`.padEnd(WIDTH, '-')}+`
}

function title(blob: Buffer): string {
  const [type = '', ...fields] = readStrings(blob)
  const { name, bits } = describe(type.toString('latin1'), fields)
  const long = `[${name} ${bits}]`
  return long.length <= WIDTH ? long : `[${name}]`
}

/** The names and sizes that ssh-keygen gives. */
function describe(type: string, fields: readonly Buffer[]): { readonly name: string; readonly bits: number } {
  const security = type.startsWith('sk-') ? '-SK' : ''
  if (type.includes('ed25519')) return { name: `ED25519${security}`, bits: 256 }
  const curve = /ecdsa-sha2-nistp(\d+)/.exec(type)?.[1]
  if (curve) return { name: `ECDSA${security}`, bits: Number(curve) }
  if (type === 'ssh-rsa') return { name: 'RSA', bits: bitLength(fields[1]) }
  if (type === 'ssh-dss') return { name: 'DSA', bits: bitLength(fields[0]) }
  return { name: 'UNKNOWN', bits: 0 }
}

function bitLength(integer: Buffer | undefined): number {
  return integer?.length ? BigInt(`0x${integer.toString('hex')}`).toString(2).length : 0
}

/** RFC 4251, 5: as many whole strings as there are. */
function readStrings(blob: Buffer): Buffer[] {
  const strings: Buffer[] = []
  for (let at = 0; at + 4 <= blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) break
    strings.push(blob.subarray(at + 4, end))
    at = end
  }
  return strings
}
