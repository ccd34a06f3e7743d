import { z } from 'zod'

export const backup = z.object({
  kind: z.enum(['image', 'snapshot']),
  id: z.string(),
  /** Its own name, its Name tag, or its description. */
  name: z.string(),
  /** EC2's, as `available`, `completed`, `pending`, `failed`. */
  state: z.string(),
  /** Percent, while it is being made. */
  progress: z.number().optional(),
  /** ISO 8601. */
  at: z.string(),
  /** Of the disks that it holds. */
  sizeGiB: z.number(),
  encrypted: z.boolean(),
  /** Of an image: what it stands on. Of a snapshot: the volume that it came from. */
  snapshotIds: z.array(z.string()),
  volumeId: z.string().optional(),
})
export type Backup = z.infer<typeof backup>

/** A disk that a restore left: a copy for this instance, or what was its system disk. */
export const keptVolume = z.object({
  id: z.string(),
  name: z.string(),
  sizeGiB: z.number(),
  /** EC2's, as `available`, `in-use`. */
  state: z.string(),
  /** ISO 8601. */
  at: z.string(),
  device: z.string().optional(),
  snapshotId: z.string().optional(),
})
export type KeptVolume = z.infer<typeof keptVolume>

/** `at`: ISO 8601, of the newest complete image or snapshot of the system disk. Absent: there is none. */
export const lastBackup = z.object({ at: z.string().optional() })
export type LastBackup = z.infer<typeof lastBackup>

export const instanceBackups = z.object({
  volumes: z.array(z.object({ id: z.string(), device: z.string(), sizeGiB: z.number(), root: z.boolean() })),
  /** The newest first. A snapshot that an image stands on is told with the image only. */
  backups: z.array(backup),
  kept: z.array(keptVolume),
  last: lastBackup.shape.at,
})
export type InstanceBackups = z.infer<typeof instanceBackups>
