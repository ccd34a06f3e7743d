import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const STAMP = join(ROOT, 'out', '.built')
/** Whatever ends up in `out/`. */
const SOURCES = [
  'contract',
  'core',
  'electron',
  'demo',
  'renderer',
  'assets',
  'electron.vite.config.ts',
  'postcss.config.js',
  'package-lock.json',
]

/** Builds the app into `out/` when it is missing or older than a source. Rejects with what the build said. */
export async function ensureBuilt(say: (line: string) => void = console.log): Promise<void> {
  const newest = Math.max(...SOURCES.map((source) => newestChange(join(ROOT, source))))
  if (changedAt(STAMP) > newest) return
  const startedAt = new Date()
  say('Building Mooring...')
  await build()
  mkdirSync(join(ROOT, 'out'), { recursive: true })
  writeFileSync(STAMP, '')
  // What changed while it was building is newer than this.
  utimesSync(STAMP, startedAt, startedAt)
}

async function build(): Promise<void> {
  const command = [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`The build failed.\n${output.join('')}`)
}

function newestChange(path: string): number {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return changedAt(path)
  // A folder changes when a file in it is removed.
  return Math.max(changedAt(path), ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
