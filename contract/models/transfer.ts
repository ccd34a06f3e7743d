import { z } from 'zod'
import { userErrorData } from '../errors.ts'

export const conflictRule = z.enum(['overwrite', 'newer', 'rename', 'skip'])

export const transferPhase = z.discriminatedUnion('kind', [
  /** Waits for its turn, or for the browser to fetch it. */
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('running') }),
  /** A question of its is open. */
  z.object({ kind: z.literal('asking') }),
  z.object({ kind: z.literal('paused') }),
  /** Lost its connection. `retryAt` ISO 8601: when it goes on by itself. */
  z.object({ kind: z.literal('waiting'), error: userErrorData, retryAt: z.string() }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
  z.object({ kind: z.literal('cancelled') }),
])
export type TransferPhase = z.infer<typeof transferPhase>

export const transfer = z.object({
  id: z.string(),
  /** `relay`: from one host to another. */
  direction: z.enum(['download', 'upload', 'relay']),
  /** Of the file or folder, or of the first of several; as people may see it. */
  name: z.string(),
  /** How many were dropped at once. */
  count: z.int(),
  /** The instance's name or id, or the host: where it comes from or goes to. */
  host: z.string(),
  /** Where it goes: a folder of the host, the last part of one of this computer's, or another host and its folder. */
  folder: z.string(),
  phase: transferPhase,
  bytes: z.number(),
  total: z.number(),
  /** More may be found still. */
  estimate: z.boolean(),
  files: z.int(),
  filesDone: z.int(),
  /** Links, and what is neither file nor folder. */
  skipped: z.int(),
  /** How its small files go: through the host's `tar`; as single files, though wanted otherwise, because it has none, or its own failed. */
  tar: z.enum(['used', 'missing', 'failed']).optional(),
  /** Of single files, the first few; the others went on. */
  problems: z.array(userErrorData).max(20),
  /** Bytes a second, while it runs. */
  rate: z.number().optional(),
  secondsLeft: z.number().optional(),
  /** Milliseconds that it ran. */
  took: z.number(),
  /** With root's rights on the host, through sudo. */
  asRoot: z.boolean(),
  /** The browser does the saving, so it can be cancelled and no more. */
  byBrowser: z.boolean(),
})
export type Transfer = z.infer<typeof transfer>

/** A file that the page has; `path` has its folders before it where a folder was dropped. `mtime` in seconds. */
export const pageFile = z.object({ path: z.string().min(1).max(4096), size: z.int().min(0), mtime: z.int() })
export type PageFile = z.infer<typeof pageFile>
