import { z } from 'zod'
import { userErrorData } from '../errors.ts'

/** Bytes. A log is shown from so far before its end; one that grows faster than it is looked at loses what is older than `behind`. */
export const LOG_LIMITS = { start: 64 * 1024, piece: 128 * 1024, behind: 4 * 1024 * 1024 }

/**
 * What comes next of a file that is followed. The one after it is sent when the page has said that it has shown this one.
 * `truncated`: it was emptied, and begins again. `replaced`: another file has its name, and is followed from its beginning.
 */
export const logPart = z.discriminatedUnion('kind', [
  /** `position`: in bytes, after it. */
  z.object({ kind: z.literal('text'), text: z.string(), position: z.number() }),
  /** It is being followed from here; that many bytes before are not shown. */
  z.object({ kind: z.literal('started'), before: z.number() }),
  z.object({ kind: z.literal('skipped'), bytes: z.number() }),
  z.object({ kind: z.literal('truncated') }),
  z.object({ kind: z.literal('replaced') }),
  /** There is no such file at the moment. */
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
])
export type LogPart = z.infer<typeof logPart>
