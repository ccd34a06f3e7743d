import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { remotePath } from './file.ts'

const paths = z.array(remotePath).min(1).max(100_000)
const bits = z.int().min(0).max(0o7777)
const id = z.int().min(0).max(0xffff_ffff)

/** `set` and `clear`: bits that are on and off afterwards; others stay. `searchOnly`: of files, as chmod's `X`, execution stays as it is. */
export const modeChange = z.object({ set: bits, clear: bits, searchOnly: z.boolean() })
export type ModeChange = z.infer<typeof modeChange>

export const archiveFormat = z.enum(['tar.gz', 'zip'])

/** What can be done with files on a host. Nothing replaces what is there already. Paths are absolute; a link is meant itself. */
export const fileOperation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('make-file'), path: remotePath }),
  z.object({ kind: z.literal('make-folder'), path: remotePath }),
  /** One by one; to another file system by a copy. */
  z.object({
    kind: z.literal('move'),
    moves: z
      .array(z.object({ from: remotePath, to: remotePath }))
      .min(1)
      .max(100_000),
  }),
  /** With modes and times; where a name is taken, under the next that is free. */
  z.object({ kind: z.literal('copy'), paths, folder: remotePath }),
  /** With all that is in folders; links are removed and not followed. */
  z.object({ kind: z.literal('delete'), paths }),
  z.object({
    kind: z.literal('change'),
    paths,
    mode: modeChange.optional(),
    owner: z.object({ uid: id, gid: id }).optional(),
    /** What is in folders too; links in them stay as they are. */
    recursive: z.boolean(),
  }),
  z.object({ kind: z.literal('count'), paths }),
  /** SHA-256 of a file. */
  z.object({ kind: z.literal('checksum'), path: remotePath }),
  z.object({ kind: z.literal('compress'), paths, archive: remotePath, format: archiveFormat }),
  /** Into a folder that is made for it. */
  z.object({ kind: z.literal('extract'), path: remotePath, folder: remotePath }),
])
export type FileOperation = z.infer<typeof fileOperation>

const worked = { items: z.number(), bytes: z.number() }
export const fileProgress = z.discriminatedUnion('kind', [
  /** `name`: the path that it is at. */
  z.object({ kind: z.literal('working'), ...worked, name: z.string().optional() }),
  /** `checksum` in hexadecimal digits. */
  z.object({ kind: z.literal('done'), ...worked, checksum: z.string().optional() }),
  z.object({ kind: z.literal('failed'), ...worked, error: userErrorData }),
])
export type FileProgress = z.infer<typeof fileProgress>
