import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { remotePath } from './file.ts'
import { target } from './terminal.ts'

/** A host's file in the system's own editor: a copy on this computer, each save of which goes back to the host. */
export const outsideEdit = z.object({
  id: z.string(),
  target,
  host: z.string(),
  path: remotePath,
  asRoot: z.boolean(),
  /** `conflict`: the host's is another one, or gone: nothing was written. `savedAt`: ISO 8601. */
  phase: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('open'), savedAt: z.string().optional() }),
    z.object({ kind: z.literal('saving') }),
    z.object({ kind: z.literal('conflict') }),
    z.object({ kind: z.literal('failed'), error: userErrorData }),
  ]),
})
export type OutsideEdit = z.infer<typeof outsideEdit>
