import { z } from 'zod'

const bytes = z.number().min(0)
const space = z.object({ used: bytes, total: bytes })

/** How a host is doing, from the difference of two looks at it. What a system does not tell is absent. Sizes in bytes, rates in bytes a second. */
export const hostMetrics = z.object({
  /** `uname -s`. */
  system: z.string().max(64),
  /** 0 to 1, of all cores together. */
  cpu: z.number().min(0).max(1).optional(),
  cores: z.int().min(1).optional(),
  /** Over 1, 5 and 15 minutes. */
  load: z.tuple([z.number(), z.number(), z.number()]).optional(),
  memory: space.optional(),
  swap: space.optional(),
  disks: z.array(space.extend({ mount: z.string().max(1024) })).max(50),
  network: z.object({ received: z.number().min(0), sent: z.number().min(0) }).optional(),
  users: z.int().min(0).optional(),
  uptimeSeconds: z.number().min(0).optional(),
})
export type HostMetrics = z.infer<typeof hostMetrics>

/** `slow`: the answers took so long that asking would be felt in the terminal. `unsupported`: it has no sh, or nothing we understand. */
export const monitorState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('on'), metrics: hostMetrics }),
  z.object({ kind: z.literal('off'), reason: z.enum(['slow', 'unsupported', 'refused']) }),
])
export type MonitorState = z.infer<typeof monitorState>

/** `ps`: shares of one core and of the memory, in percent. */
export const hostProcess = z.object({
  pid: z.int().min(1),
  user: z.string().max(64),
  cpu: z.number().min(0),
  memory: z.number().min(0),
  command: z.string().max(256),
})
export type HostProcess = z.infer<typeof hostProcess>
