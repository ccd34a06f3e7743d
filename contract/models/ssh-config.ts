import { z } from 'zod'
import { userErrorData } from '../errors.ts'

/** A host that the person's ssh_config files name, as they describe it. */
export const configHost = z.object({
  name: z.string(),
  hostName: z.string().optional(),
  user: z.string().optional(),
  port: z.int().optional(),
  /** The jump hosts, or the command that carries the connection. */
  through: z.string().optional(),
})
export type ConfigHost = z.infer<typeof configHost>

/** `problems`: SSH_CONFIG_BROKEN and SSH_CONFIG_UNSUPPORTED, each once. */
export const sshConfigState = z.object({ hosts: z.array(configHost).max(500), problems: z.array(userErrorData).max(100) })
export type SshConfigState = z.infer<typeof sshConfigState>
