import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LeftAlone, SharedFolderState } from '../../../contract/models/shared-folder.ts'
import { shownName } from '../../../contract/shown-name.ts'
import { readFileName, readRecord, type SharedRecord } from './record.ts'

/** Of a file as it was looked at; it changes with whatever is written. */
export type Stamp = string
export interface ScannedFile {
  readonly stamp: Stamp
  readonly read: SharedRecord | LeftAlone
}

export interface Scan {
  readonly records: ReadonlyMap<string, { readonly record: SharedRecord; readonly stamp: Stamp }>
  /** Ids of records whose file is there and was left alone. */
  readonly untouchable: ReadonlySet<string>
  readonly leftAlone: SharedFolderState['leftAlone']
  /** For the next look: a file that has not changed is not read again. */
  readonly files: ReadonlyMap<string, ScannedFile>
}

/** Ten thousand characters of notes, each written as an escape, and room. */
const MOST_BYTES = 256 * 1024
const MOST_FILES = 20_000

/** Everything of ours in the folder. Throws what the system says when the folder itself cannot be read. */
export async function scanFolder(folder: string, known: ReadonlyMap<string, ScannedFile>): Promise<Scan> {
  const records = new Map<string, { record: SharedRecord; stamp: Stamp }>()
  const untouchable = new Set<string>()
  const leftAlone: { file: string; reason: LeftAlone }[] = []
  const files = new Map<string, ScannedFile>()

  for (const name of (await readdir(folder)).sort()) {
    const whose = readFileName(name)
    if (!whose) continue
    if (whose === 'copy') {
      leftAlone.push({ file: shownName(name), reason: 'copy' })
      continue
    }
    const scanned = files.size < MOST_FILES ? await look(join(folder, name), whose, known.get(name)) : tooMany
    if (!scanned) continue
    files.set(name, scanned)
    const { read, stamp } = scanned
    const twice = typeof read !== 'string' && records.has(whose.id)
    if (typeof read === 'string' || twice) {
      untouchable.add(whose.id)
      leftAlone.push({ file: shownName(name), reason: typeof read === 'string' ? read : 'shape' })
    } else records.set(whose.id, { record: read, stamp })
  }
  return { records, untouchable, leftAlone, files }
}

const tooMany: ScannedFile = { stamp: '', read: 'too-many' }

/** Undefined: gone meanwhile. */
async function look(
  path: string,
  whose: Pick<SharedRecord, 'kind' | 'id'>,
  before: ScannedFile | undefined,
): Promise<ScannedFile | undefined> {
  const stamp = await stampOf(path)
  if (stamp === undefined) return undefined
  return before?.stamp === stamp ? before : { stamp, read: await read(path, whose) }
}

/** Undefined: there is no such file. */
export async function stampOf(path: string): Promise<Stamp | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined)
  return found && `${found.mode} ${found.size} ${found.mtimeNs} ${found.ino}`
}

async function read(path: string, whose: Pick<SharedRecord, 'kind' | 'id'>): Promise<SharedRecord | LeftAlone> {
  const found = await lstat(path).catch(() => undefined)
  if (!found) return 'unreadable'
  if (!found.isFile()) return 'not-a-file'
  if (found.size > MOST_BYTES) return 'too-large'
  try {
    // What takes its place meanwhile is not followed, and a pipe does not hold us up.
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      // One byte more: what grew meanwhile is looked at again.
      const { buffer, bytesRead } = await file.read(Buffer.alloc(found.size + 1), 0, found.size + 1, 0)
      return bytesRead > found.size ? 'unreadable' : readRecord(buffer.toString('utf8', 0, bytesRead), whose)
    } finally {
      await file.close()
    }
  } catch {
    return 'unreadable'
  }
}
