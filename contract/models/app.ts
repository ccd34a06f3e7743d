import { z } from 'zod'
import { userErrorData } from '../errors.ts'

/**
 * `keychain`: the host unseals it. `open`/`locked`: under a master password. `absent`: none was made yet.
 * `memory`: secrets last until the app ends, and the app says so.
 */
export const vaultState = z.object({
  kind: z.enum(['keychain', 'open', 'locked', 'absent', 'memory']),
  secrets: z.int(),
  /** Open under a master password where there is a keychain as well. */
  keychain: z.literal(true).optional(),
})
export type VaultState = z.infer<typeof vaultState>

export const appInfo = z.object({
  name: z.string(),
  version: z.string(),
  host: z.enum(['desktop', 'browser']),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  /** ssh2's own binding is loaded; false means slower, not less safe. */
  nativeCrypto: z.boolean(),
  /** This host can show the system's file dialog. */
  canChooseFiles: z.boolean(),
  /** It can open a file in the system's own editor. */
  canOpenFiles: z.boolean(),
  /** Files that were damaged at start, set aside and named. */
  problems: z.array(userErrorData),
  /** Where an earlier core died while this page was open. */
  restarted: z.boolean(),
})
export type AppInfo = z.infer<typeof appInfo>

export const practiceState = z.object({ kind: z.enum(['off', 'starting', 'on']) })
export type PracticeState = z.infer<typeof practiceState>
