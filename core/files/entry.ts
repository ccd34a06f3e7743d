import type { FileEntry, FileKind } from '../../contract/models/file.ts'
import type { Attributes, NamedEntry } from '../ssh/sftp/packets.ts'
import { textOf } from './names.ts'

/** The type bits of a mode (POSIX, sys/stat.h). */
const KINDS = new Map<number, FileKind>([
  [0o140000, 'socket'],
  [0o120000, 'link'],
  [0o100000, 'file'],
  [0o060000, 'block-device'],
  [0o040000, 'folder'],
  [0o020000, 'character-device'],
  [0o010000, 'pipe'],
])

export function kindOf({ mode }: Attributes): FileKind {
  return (mode === undefined ? undefined : KINDS.get(mode & 0o170000)) ?? 'unknown'
}

export function entryOf(name: string, attributes: Attributes): FileEntry {
  const { size = 0, modified, mode, uid, gid } = attributes
  return {
    name,
    kind: kindOf(attributes),
    size,
    ...(modified !== undefined && { modified }),
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...(uid !== undefined && gid !== undefined && { uid, gid }),
  }
}

export interface Owners {
  readonly owners: Record<string, string>
  readonly groups: Record<string, string>
}

/** Names for the numbers, which version 3 has only in the line that `ls -l` would write. */
export function ownersOf(entries: readonly NamedEntry[]): Owners {
  const owners: Record<string, string> = {}
  const groups: Record<string, string> = {}
  for (const { line, attributes } of entries) {
    const { uid, gid } = attributes
    if (uid === undefined || gid === undefined || (uid in owners && gid in groups)) continue
    const [, owner, group] = LINE.exec(textOf(line.subarray(0, LONGEST_START))) ?? []
    if (owner) owners[uid] ??= owner
    if (group) groups[gid] ??= group
  }
  return { owners, groups }
}

/** `drwxr-xr-x    2 root     www-data     4096 …` */
const LINE = /^[-a-z][-rwxsStT]{9}\S?\s+\d+\s+([\w.+@\\-]{1,64})\s+([\w.+@\\-]{1,64})\s+\d+\s/
const LONGEST_START = 256
