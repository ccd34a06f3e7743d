import { createHash } from 'node:crypto'
import type { FileVersion } from '../../contract/models/text-file.ts'
import type { Attributes } from '../ssh/sftp/packets.ts'

/** Its hash says whether a file is the same one: times are whole seconds, and two saves in one second look alike. */
export function versionOf(bytes: Buffer, { modified }: Attributes): FileVersion {
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { size: bytes.length, ...(modified !== undefined && { modified }), hash }
}

/** As far as can be told without reading it again. */
export function looksChanged(before: Attributes, now: Attributes): boolean {
  return before.size !== now.size || before.modified !== now.modified
}
