import { z } from 'zod'
import { remotePath } from './file.ts'

export const hookShell = z.enum(['bash', 'zsh', 'fish'])
export type HookShell = z.infer<typeof hookShell>

/** What makes a login's shell tell its folder (OSC 7). `older`: there are lines of an earlier Mooring's. */
export const folderHook = z.object({
  shell: hookShell,
  /** Where its lines are, or go to. */
  file: remotePath,
  lines: z.string(),
  state: z.enum(['absent', 'installed', 'older']),
})
export type FolderHook = z.infer<typeof folderHook>
