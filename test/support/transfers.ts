import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Connection } from '../../core/ssh/connection.ts'
import { downloadItem } from '../../core/transfers/download-item.ts'
import { type Lanes, openLanes } from '../../core/transfers/lanes.ts'
import type { Ledger, Unfinished } from '../../core/transfers/ledger.ts'
import type { ItemOptions } from '../../core/transfers/progress.ts'
import { createTarLane, type TarNews } from '../../core/transfers/tar-lane.ts'
import { scanLocal, uploadItem } from '../../core/transfers/upload-item.ts'
import { connect, options, plainKey } from '../integration/ssh/connecting.ts'
import { makeKey, type TestKey } from './sshd.ts'

/** A temporary folder with a key in it; `remove` takes it away. */
export function createWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-transfers-'))
  return { folder, key: makeKey(join(folder, 'key')), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface TestLanes extends Lanes {
  readonly connection: Connection
}

export async function openTestLanes(at: { port: number; user: string; key: TestKey }, patienceMs?: number): Promise<TestLanes> {
  const dial = () => connect(options(at.port, { users: [at.user], keys: [plainKey(at.key)] }))
  const connection = await dial()
  const lanes = await openLanes({ connection, another: dial, host: '127.0.0.1', ...(patienceMs ? { patienceMs } : {}) })
  return { ...lanes, connection }
}

export function createTestLedger(job = 'test'): Ledger & { readonly entries: Map<string, Unfinished> } {
  const entries = new Map<string, Unfinished>()
  return {
    job,
    noteEveryMs: 1_000,
    entries,
    get: (path) => entries.get(path),
    set: (path, value) => (value ? void entries.set(path, value) : void entries.delete(path)),
  }
}

/** What a transfer told, added up. */
export interface Told {
  found: number
  total: number
  bytes: number
  files: number
  skipped: number
  scanned: boolean
  readonly failed: UserErrorData[]
}

export function itemOptions(lanes: Lanes, more: Partial<ItemOptions> & { onBytes?: (bytes: number) => void } = {}) {
  const told: Told = { found: 0, total: 0, bytes: 0, files: 0, skipped: 0, scanned: false, failed: [] }
  const { onBytes, ...rest } = more
  const item: ItemOptions = {
    lanes,
    ledger: createTestLedger(),
    signal: new AbortController().signal,
    resumed: false,
    keepLinks: false,
    settle: async () => 'overwrite',
    report: {
      found(files, bytes) {
        told.found += files
        told.total += bytes
      },
      scanned: () => {
        told.scanned = true
      },
      bytes(count) {
        told.bytes += count
        onBytes?.(told.bytes)
      },
      fileDone: () => {
        told.files += 1
      },
      failed: (error) => told.failed.push(error),
      skipped: () => {
        told.skipped += 1
      },
      tar: () => undefined,
    },
    ...rest,
  }
  return { item, told }
}

/** As the setting "always" has it. `folder`: on the host, above all that is transferred. */
export function withTar(lanes: Lanes, folder: string, more: Partial<Pick<ItemOptions, 'signal'>> = {}) {
  const { signal = new AbortController().signal } = more
  const news: TarNews[] = []
  const tar = createTarLane({ lanes, folder, signal, wish: 'always', ask: async () => false, tell: (what) => news.push(what) })
  return { news, options: { ...more, signal, tar } }
}

export async function download(path: string, folder: string, lanes: Lanes, more?: Parameters<typeof itemOptions>[1]): Promise<Told> {
  const { item, told } = itemOptions(lanes, more)
  await downloadItem(path, folder, item)
  return told
}

export async function upload(path: string, folder: string, lanes: Lanes, more?: Parameters<typeof itemOptions>[1]): Promise<Told> {
  const { item, told } = itemOptions(lanes, more)
  await uploadItem(folder, scanLocal(path), { ...item, single: (await lstat(path)).isFile() })
  return told
}

export function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Every file and folder below, with mode, time, and a hash of what is in it. */
export async function describeTree(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  async function visit(path: string): Promise<void> {
    const facts = await lstat(path)
    const common = `${(facts.mode & 0o777).toString(8)} ${Math.floor(facts.mtimeMs / 1000)}`
    const name = relative(folder, path) || '.'
    if (facts.isDirectory()) {
      found[name] = `folder ${common}`
      for (const inner of await readdir(path)) await visit(join(path, inner))
    } else if (facts.isFile()) {
      found[name] = `file ${common} ${createHash('sha256')
        .update(await readFile(path))
        .digest('hex')}`
    } else found[name] = 'other'
  }
  await visit(folder)
  return found
}
