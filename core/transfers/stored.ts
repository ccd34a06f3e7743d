import { z } from 'zod'
import { remotePath } from '../../contract/models/file.ts'
import { target } from '../../contract/models/terminal.ts'
import { conflictRule, pageFile } from '../../contract/models/transfer.ts'
import { openStore, type Store } from '../store/store.ts'
import type { Host } from './carrier/carrier.ts'
import { unfinished } from './ledger.ts'

/** On which host, and whether with root's rights there. */
const host = { target, asRoot: z.boolean().optional() }

/** What is to be moved from where to where. */
export const order = z.discriminatedUnion('kind', [
  /** `folder`: absolute, on this computer, as its host chose it. `removes`: what has arrived is removed where it came from. */
  z.object({ kind: z.literal('download'), ...host, path: remotePath, folder: z.string(), removes: z.boolean().optional() }),
  /** `path`: absolute, on this computer, as its host chose it. */
  z.object({ kind: z.literal('upload'), ...host, path: z.string(), folder: remotePath.optional(), removes: z.boolean().optional() }),
  /** From `from` to `target`, through this computer. `removes`: what has arrived is removed there. */
  z.object({
    kind: z.literal('relay'),
    ...host,
    from: z.object({ ...host, host: z.string() }),
    path: remotePath,
    folder: remotePath,
    removes: z.boolean(),
  }),
  z.object({ kind: z.literal('page-upload'), ...host, files: z.array(pageFile), folder: remotePath.optional() }),
])
export type Order = z.infer<typeof order>

export function hostOf({ target, asRoot = false }: Pick<Order, 'target' | 'asRoot'>): Host {
  return { target, asRoot }
}

const stored = z.object({
  id: z.string(),
  order,
  host: z.string(),
  /** In the names of unfinished files. */
  job: z.string(),
  /** It ran before: what it had finished then is known again. */
  begun: z.boolean(),
  ledger: z.record(z.string(), unfinished),
  rule: conflictRule.optional(),
  /** What was answered when many small files could go through tar. */
  tar: z.enum(['always', 'never']).optional(),
})
export type Stored = z.infer<typeof stored>

const storedQueue = z.object({ transfers: z.array(stored) })

/** The transfers that are not over, so that a killed app can go on with them. */
export function openStoredQueue(folder: string): Store<z.infer<typeof storedQueue>> {
  return openStore({ folder, name: 'transfers', schema: storedQueue, defaults: { transfers: [] } })
}
