import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Row } from './row.ts'

const BUDGET_KB = 600
const page = join(import.meta.dirname, '..', '..', 'out', 'renderer')

/** JavaScript that index.html asks for before anything shows: its scripts and their preloaded imports. */
function firstScripts(): string[] {
  const html = readFileSync(join(page, 'index.html'), 'utf8')
  return [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1] ?? '')
}

export const rows: Row[] = [
  {
    id: 'first-paint',
    what: 'JavaScript before the first screen, gzipped',
    budget: 1,
    better: 'lower',
    unit: 'kB',
    async measure() {
      const bytes = firstScripts().map((file) => gzipSync(readFileSync(join(page, file))).byteLength)
      return { ours: [bytes.reduce((sum, size) => sum + size, 0) / 1000], peer: [BUDGET_KB] }
    },
  },
]
