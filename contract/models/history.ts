import { z } from 'zod'

/** A command that was run in a terminal, whichever host that was on. */
export const historyEntry = z.object({
  command: z.string().trim().min(1).max(4_000),
  /** The name of the host it was run on last. */
  host: z.string().max(255),
  /** ISO 8601. */
  at: z.string(),
  /** How often, in all. */
  count: z.int().min(1),
})
export type HistoryEntry = z.infer<typeof historyEntry>
