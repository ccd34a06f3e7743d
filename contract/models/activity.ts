import { z } from 'zod'
import { userErrorCodes } from '../errors.ts'

/** Something that was done to the person's account, or tried. No secrets: what it was, where, and the equivalent command. */
export const activityEntry = z.object({
  /** ISO 8601. */
  at: z.string(),
  profile: z.string(),
  region: z.string(),
  /** As IAM names it. */
  action: z.string(),
  /** What was changed, by its id. */
  target: z.string(),
  command: z.string(),
  /** `person`: asked for it. `undo`: took it back. `end`: a rule's time was over. */
  cause: z.enum(['person', 'undo', 'end']),
  outcome: z.enum(['done', 'failed']),
  error: z.enum(userErrorCodes as [string, ...string[]]).optional(),
})
export type ActivityEntry = z.infer<typeof activityEntry>
