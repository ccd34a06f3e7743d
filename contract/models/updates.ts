import { z } from 'zod'
import { userErrorData } from '../errors.ts'

export const packageManagers = ['apt-get', 'dnf', 'yum', 'zypper', 'apk', 'pacman', 'pkg'] as const
export const packageManager = z.enum(packageManagers)
export type PackageManager = z.infer<typeof packageManager>

/** As every one of those managers names packages. */
export const packageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._:@-]{0,199}$/)
const version = z
  .string()
  .max(200)
  .regex(/^[\w.+:~^-]+$/)

export const pendingUpdate = z.object({
  name: packageName,
  from: version.optional(),
  to: version.optional(),
  /** Said by the distribution to close a hole. */
  security: z.boolean(),
})
export type PendingUpdate = z.infer<typeof pendingUpdate>

export const hostUpdates = z.object({
  /** As /etc/os-release names itself. */
  system: z.string(),
  manager: packageManager,
  /** May change packages: root, or sudo without a password. */
  allowed: z.boolean(),
  pending: z.array(pendingUpdate),
  /** Whether this manager tells security updates from others. */
  tellsSecurity: z.boolean(),
  /** ISO 8601: when packages last changed. */
  changedAt: z.string().optional(),
  /** An update was begun, here or from another computer, and has not ended. */
  going: z.boolean(),
  restart: z.object({ needed: z.boolean(), services: z.array(z.string()) }),
})
export type HostUpdates = z.infer<typeof hostUpdates>

export const updateScope = z.enum(['all', 'security'])
export type UpdateScope = z.infer<typeof updateScope>

export const updateRun = z.object({
  id: z.string(),
  /** As `JSON.stringify` writes the target. */
  targetKey: z.string(),
  phase: z.discriminatedUnion('kind', [
    /** For the backup that it is to begin after. */
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('running') }),
    /** The connection is gone; what runs on the host goes on, and is picked up again. */
    z.object({ kind: z.literal('lost') }),
    z.object({ kind: z.literal('done') }),
    z.object({ kind: z.literal('failed'), error: userErrorData }),
  ]),
  what: z.enum(['all', 'security', 'restart']),
  command: z.string(),
  /** The last that it printed, plain. */
  output: z.string(),
})
export type UpdateRun = z.infer<typeof updateRun>
