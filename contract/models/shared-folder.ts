import { z } from 'zod'
import { bookmark, folder } from './bookmark.ts'

/** Why a file of the folder was left alone; the words are under `shared.left.<reason>`. */
export const leftAloneReasons = [
  'broken', // not JSON, or cut off
  'shape', // JSON that is no record of ours, or not the one that its name says
  'newer', // a newer version's
  'too-large',
  'not-a-file', // a link, a folder, a device
  'copy', // what a sync tool puts beside a file that changed on two sides
  'place', // its folder is not there (yet), or is inside it
  'unreadable',
  'id', // a bookmark of this computer whose id is none or too long for the name of a file
  'too-many',
] as const
export type LeftAlone = (typeof leftAloneReasons)[number]

/** Why the folder cannot be used now; the words are under `shared.problems.<problem>`. */
export const sharedFolderProblems = ['missing', 'not-a-folder', 'not-allowed', 'full', 'failed'] as const

const item = z.object({ id: z.string(), name: z.string(), kind: z.enum(['bookmark', 'folder']) })
export type SharedItem = z.infer<typeof item>

/** A folder of the person's own in which the bookmarks are as well, a file each. `folder` is absent: there is none. */
export const sharedFolderState = z.object({
  folder: z.string().optional(),
  problem: z.enum(sharedFolderProblems).optional(),
  /** Records that are alike here and there. */
  records: z.int(),
  /** Changed on both sides since they were last alike, each field as text. A name of a field is under `shared.fields.<field>`. */
  conflicts: z.array(item.extend({ fields: z.array(z.object({ field: z.string(), here: z.string(), there: z.string() })) })),
  /** Here, and no longer in the folder. */
  gone: z.array(item),
  /** Deleted here, and changed in the folder meanwhile. */
  removed: z.array(item),
  /** `file`: of `id`, the bookmark's name. */
  leftAlone: z.array(z.object({ file: z.string(), reason: z.enum(leftAloneReasons) })),
})
export type SharedFolderState = z.infer<typeof sharedFolderState>
export const noSharedFolder: SharedFolderState = { records: 0, conflicts: [], gone: [], removed: [], leftAlone: [] }

/** What choosing a folder would do, before it is done. */
export const sharedFolderLook = z.object({
  path: z.string(),
  /** That would be written there, and that would be added here. */
  written: z.int(),
  added: z.int(),
  /** On both sides already, and different: each is asked about. */
  different: z.int(),
  leftAlone: z.int(),
})

/** How a bookmark or a folder was before a change. `at` ISO 8601, when it ceased to be so. */
export const recordVersion = z.object({ version: z.string(), at: z.string(), item: z.union([bookmark, folder]) })
export type RecordVersion = z.infer<typeof recordVersion>
