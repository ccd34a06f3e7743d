import { textOf } from '../files/names.ts'
import type { Attributes, NamedEntry } from '../ssh/sftp/packets.ts'

/** What is known of a file on the host. Times are seconds, as SFTP 3 has them. */
export interface RemoteFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  /** Permission bits only. */
  readonly mode: number
  readonly mtime: number
}
export interface RemoteEntry extends RemoteFacts {
  /** Its bytes as text (contract/models/file.ts). */
  readonly name: string
}

const KINDS: ReadonlyMap<number, RemoteFacts['kind']> = new Map([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
])

/** Throws RangeError where they make no sense. */
export function factsOf({ size = 0, mode = 0, modified = 0 }: Attributes): RemoteFacts {
  if (size >= Number.MAX_SAFE_INTEGER) throw new RangeError('a size that no file has')
  return { kind: KINDS.get(mode & 0o170000) ?? 'other', size, mode: mode & 0o777, mtime: modified }
}

export function entryOf({ name, attributes }: NamedEntry): RemoteEntry {
  return { name: textOf(name), ...factsOf(attributes) }
}
