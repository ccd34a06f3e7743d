import { z } from 'zod'
import { remotePath } from './file.ts'

/** A folder of this computer that a person has opened to the page: the home folder, or one of those that the host's dialog chose. */
export const localFolder = z.object({
  /** `home`, or made up by the core. */
  id: z.string().max(60),
  /** The last part of its path, as people may see it; empty for the home folder. */
  name: z.string(),
})
export type LocalFolder = z.infer<typeof localFolder>

/** A place in one: `path` begins with `/`, which is that folder itself, and never leads out of it. Where it is on the disk only the core knows. */
export const localPlace = z.object({ folderId: z.string().max(60), path: remotePath })
export type LocalPlace = z.infer<typeof localPlace>

export const HOME_FOLDER = 'home'
const PREFIX = 'local/'

/** In the place of a terminal's id, where files are meant (models/file.ts, `filesOf`). No terminal has such an id. */
export function idOfLocal(folderId: string): string {
  return `${PREFIX}${folderId}`
}

/** Undefined for a terminal's. */
export function localIdOf(terminalId: string): string | undefined {
  return terminalId.startsWith(PREFIX) ? terminalId.slice(PREFIX.length) : undefined
}
