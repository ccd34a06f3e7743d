import type { Client } from 'ssh2'
import { openScp } from './scp/scp.ts'
import { SftpBroken } from './sftp/requests.ts'
import { openSftp, type Sftp, type SftpOptions } from './sftp/sftp.ts'

/** By SFTP, or by scp and commands where the server has none. Throws what `openSftp` throws. */
export async function openFiles(client: Client, options: SftpOptions & { aheadBytes?: number } = {}): Promise<Sftp> {
  return openSftp(client, options).catch(async (error) => {
    if (!lacksSftp(error)) throw error
    return openScp(client, options).catch(() => Promise.reject(error))
  })
}

/**
 * A server that refuses the channel has a reason (RFC 4254, 5.1); one without SFTP refuses the subsystem, or starts a program that is
 * not there.
 */
export function lacksSftp(error: unknown): boolean {
  if (error instanceof SftpBroken) return error.problem === 'closed'
  return !(error instanceof Error && 'reason' in error)
}
