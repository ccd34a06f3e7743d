import { z } from 'zod'

/** What the main process tells the core's process. A `port` message carries the port. */
export const toCore = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    version: z.string(),
    dataFolder: z.string(),
    homeFolder: z.string(),
    vaultKey: z.instanceof(Uint8Array).optional(),
    restarted: z.boolean(),
    openPracticeCloud: z.boolean(),
  }),
  z.object({ kind: z.literal('port'), channel: z.string() }),
  z.object({ kind: z.literal('chosen'), id: z.int(), paths: z.array(z.string()) }),
  z.object({ kind: z.literal('proxy'), id: z.int(), answer: z.string() }),
  z.object({ kind: z.literal('path-opened'), id: z.int(), problem: z.string() }),
  z.object({ kind: z.literal('clipboard-lent'), id: z.int() }),
  z.object({ kind: z.literal('wake') }),
  z.object({ kind: z.literal('close') }),
])
export type ToCore = z.infer<typeof toCore>
export type CoreStart = Omit<Extract<ToCore, { kind: 'start' }>, 'kind' | 'restarted'>

/** What the core's process asks of the main process. `failed`: it cannot start, and would not the next time either. */
export const fromCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choose'), id: z.int(), what: z.enum(['file', 'folder', 'log']) }),
  z.object({ kind: z.literal('resolve-proxy'), id: z.int(), url: z.string() }),
  z.object({ kind: z.literal('open-path'), id: z.int(), path: z.string() }),
  z.object({ kind: z.literal('lend-clipboard'), id: z.int(), text: z.string().max(1_024), seconds: z.int().min(1).max(600) }),
  z.object({ kind: z.literal('failed'), why: z.string() }),
])
export type FromCore = z.infer<typeof fromCore>
