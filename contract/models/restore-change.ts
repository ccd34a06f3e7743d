import { z } from 'zod'

/** EC2's ids, as `snap-0a1b`. */
const id = z
  .string()
  .max(64)
  .regex(/^[a-z]+-[0-9a-z]+$/)
export const regionName = z
  .string()
  .max(40)
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)

/** What is done with a backup. */
export const restoreChanges = [
  /** In place: the instance goes on with this in the place of its system disk, which is kept. `snapshotFirst`: one is made of that disk before. */
  z.object({
    kind: z.literal('replace-root'),
    snapshotFirst: z.boolean().optional(),
    from: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('snapshot'), id }),
      z.object({ kind: z.literal('image'), id }),
      z.object({ kind: z.literal('volume'), id }),
    ]),
  }),
  /** A new disk with what the snapshot holds, attached to the instance. */
  z.object({ kind: z.literal('attach-copy'), snapshotId: id }),
  /** Such a disk, mounted read-only on the instance, for as long as its files are read. */
  z.object({ kind: z.literal('read-backup'), snapshotId: id }),
  /** It is unmounted, detached and deleted. */
  z.object({ kind: z.literal('end-reading'), volumeId: id }),
  /** Detached first, where it is attached. */
  z.object({ kind: z.literal('delete-volume'), volumeId: id }),
  /** To another region of the account. */
  z.object({ kind: z.literal('copy-image'), imageId: id, toRegion: regionName, name: z.string().min(3).max(128), encrypt: z.boolean() }),
  z.object({
    kind: z.literal('copy-snapshot'),
    snapshotId: id,
    toRegion: regionName,
    name: z.string().min(1).max(255),
    encrypt: z.boolean(),
  }),
  /** Another account may, or may no longer, use it: it makes its own copy of it. */
  z.object({ kind: z.literal('share-image'), imageId: id, accountId: z.string().regex(/^\d{12}$/), on: z.boolean() }),
] as const
