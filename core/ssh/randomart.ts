import { createHash } from 'node:crypto'
import { describeBlob } from '../keys/fingerprints.ts'

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
  const { type, bits } = describeBlob(blob)
  const long = `[${type} ${bits}]`
  return bits !== undefined && long.length <= WIDTH ? long : `[${type}]`.slice(0, WIDTH)
}
