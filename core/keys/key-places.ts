import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LocalKey } from '../../contract/models/key.ts'
import { MAX_KEY_BYTES } from './private-key.ts'

export interface KeyFolder {
  readonly path: string
  readonly source: Extract<LocalKey['source'], 'ssh-folder' | 'folder' | 'practice'>
}

/** A file that may be a private key. */
export interface KeyFile {
  readonly id: string
  readonly path: string
  readonly label: string
  readonly source: LocalKey['source']
  /** The folder in which it was found; absent for a file that the person named. */
  readonly folder?: string | undefined
  readonly mtimeMs: number
  readonly size: number
  /** Permission bits only. */
  readonly mode: number
}

/** A folder that was chosen by mistake (a whole disk) must not hold up the list. */
const MAX_FILES = 2_000
/** Keys sit beside the configuration or one folder deeper, by customer or by year. */
const MAX_DEPTH = 2
const NEVER_KEYS = /^(known_hosts.*|authorized_keys.*|config|environment|rc|.*\.(pub|crt|cer|md|txt|jpe?g|png|pdf|zip|gz|mp4|html?))$/i

/** Files of a key's size, by folder, in the order of their names. A folder that is not there has none. */
export async function filesInFolder({ path, source }: KeyFolder): Promise<readonly KeyFile[]> {
  const files: KeyFile[] = []
  await walk(path, 1)
  return files

  async function walk(folder: string, depth: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (files.length >= MAX_FILES) return
      const full = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH && !entry.name.startsWith('.') && entry.name !== 'node_modules') await walk(full, depth + 1)
        continue
      }
      const file = NEVER_KEYS.test(entry.name) ? undefined : await keyFile(full, source, path)
      if (file && file.size > 0 && file.size <= MAX_KEY_BYTES) files.push(file)
    }
  }
}

/** `undefined`: there is no such file. */
export async function keyFile(path: string, source: KeyFile['source'], folder?: string): Promise<KeyFile | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const label = basename(path)
  const id = source === 'practice' ? `practice-${label}` : fileKeyId(path)
  return { id, path, label, source, folder, mtimeMs: found.mtimeMs, size: found.size, mode: found.mode & 0o777 }
}

/** Says nothing about the path to whoever sees it. */
export function fileKeyId(path: string): string {
  return `file-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
}
