import { z } from 'zod'

/** Of a file in `~/.ssh`: no path, nothing hidden, and none that ssh gives another meaning. */
export const keyFileName = z
  .string()
  .max(100)
  .regex(/^(?!(?:config|known_hosts.*|authorized_keys.*|environment|rc)$)[A-Za-z0-9_][\w.@-]*(?<!\.pub)$/)

/** An OpenSSH certificate of a key; nothing of it is secret. Times in ISO 8601, absent where it has no beginning or end. */
export const keyCertificate = z.object({
  /** Its fingerprint. */
  id: z.string(),
  /** What whoever signed it called it. */
  name: z.string(),
  /** Whom it lets in; OpenSSH compares with the login unless it was told otherwise. */
  principals: z.array(z.string()),
  /** The fingerprint of the key that signed it. */
  authority: z.string(),
  source: z.enum(['file', 'pasted', 'agent']),
  validFrom: z.string().optional(),
  validUntil: z.string().optional(),
  /** `host`: it is for a server, and lets nobody in. */
  problem: z.enum(['expired', 'not-yet', 'host']).optional(),
})
export type KeyCertificate = z.infer<typeof keyCertificate>

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
  certificates: z.array(keyCertificate).optional(),
})
export type LocalKey = z.infer<typeof localKey>
