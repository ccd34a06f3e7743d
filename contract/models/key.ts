import { z } from 'zod'

/** Of a file in `~/.ssh`: no path, nothing hidden, and none that ssh gives another meaning. */
export const keyFileName = z
  .string()
  .max(100)
  .regex(/^(?!(?:config|known_hosts.*|authorized_keys.*|environment|rc)$)[A-Za-z0-9_][\w.@-]*(?<!\.pub)$/)

/** A private key of this computer; never its content. */
export const localKey = z.object({
  /** Stable: derived from where it is. */
  id: z.string(),
  /** The file's name, or the name it was given in the vault. */
  label: z.string(),
  path: z.string().optional(),
  source: z.enum(['ssh-folder', 'folder', 'file', 'vault', 'practice', 'agent']),
  /** As ssh-keygen names it: `ED25519`, `RSA`, `ECDSA`. Absent while an encrypted file hides it. */
  type: z.string().optional(),
  bits: z.int().optional(),
  comment: z.string().optional(),
  fingerprint: z.string().optional(),
  encrypted: z.boolean(),
  format: z.enum(['openssh', 'pkcs1', 'pkcs8', 'sec1', 'putty-2', 'putty-3', 'agent']).optional(),
  /** `mode`: others may read it, and OpenSSH would refuse it. */
  problem: z.enum(['mode', 'unreadable', 'unsupported', 'damaged']).optional(),
  mode: z.string().optional(),
})
export type LocalKey = z.infer<typeof localKey>
