import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { target } from './terminal.ts'

/** What has to be asked about a host: at once, or not at all, and the host is then told as not done. */
export const manyQuestions = z.enum(['ask', 'none'])
export type ManyQuestions = z.infer<typeof manyQuestions>

const MOST_HOSTS = 1_000
export const MOST_AT_ONCE = 50

export const manyRequest = z.object({
  /** `name`: as the person knows it. */
  hosts: z
    .array(z.object({ target, name: z.string().min(1).max(300) }))
    .min(1)
    .max(MOST_HOSTS),
  /** For the shell of each host's login. */
  command: z.string().trim().min(1).max(20_000),
  /** At once. */
  most: z.int().min(1).max(MOST_AT_ONCE),
  questions: manyQuestions,
})
export type ManyRequest = z.infer<typeof manyRequest>

export const hostPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('running') }),
  /** Without a code: a signal ended it, or Mooring did, because it printed without end. */
  z.object({ kind: z.literal('done'), code: z.int().optional() }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
])
export type HostPhase = z.infer<typeof hostPhase>

export const manyHost = z.object({
  target,
  name: z.string(),
  phase: hostPhase,
  /** ISO 8601: when its command began. */
  startedAt: z.string().optional(),
  /** How long that took. */
  ms: z.int().optional(),
  /** How much it has printed; the text is fetched with `many.output`. */
  bytes: z.number(),
  /** The last line of that, plain. */
  last: z.string().max(200),
  /** The same for the same output and code; of those that are done. */
  alike: z.string().optional(),
})
export type ManyHost = z.infer<typeof manyHost>

/** Small, however much the hosts print. */
export const manyRun = z.object({
  id: z.string(),
  command: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  most: z.int(),
  questions: manyQuestions,
  hosts: z.array(manyHost),
})
export type ManyRun = z.infer<typeof manyRun>

/** Plain, whatever the host sent. `left`: so many characters from its middle are not kept. */
export const manyOutput = z.object({ text: z.string(), left: z.int() })
export type ManyOutput = z.infer<typeof manyOutput>
