import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UserErrorData } from '../../../contract/errors.ts'
import { toUserError } from '../../../renderer/api/client.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

export interface FilesHost {
  readonly host: KnownHost
  readonly core: TestCore
  /** A folder of the host's, with nothing in it. */
  readonly folder: string
  openTerminal(): Promise<string>
  close(): Promise<void>
}

interface HostOptions {
  readonly config?: readonly string[]
  /** What the subsystem runs. */
  readonly sftp?: string
  /** What any other command becomes, which has it as SSH_ORIGINAL_COMMAND; absent: a shell. */
  readonly command?: string
}

/** A core with a person's home, and a real OpenSSH server whose disk is this machine's. */
export async function startFilesHost({
  config = [],
  sftp = '/usr/lib/openssh/sftp-server',
  command: other = ':',
}: HostOptions = {}): Promise<FilesHost> {
  // The known host's own command would stand in for SFTP as well.
  const command = `if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec ${sftp}; fi; if [ -n "$SSH_ORIGINAL_COMMAND" ]; then ${other}; fi; PS1='ready> ' exec /bin/sh`
  const host = await startKnownHost({ config: [...config, `ForceCommand ${command}`] })
  const core = await startCore(host.home)
  const folder = mkdtempSync(join(tmpdir(), 'mooring-files-'))
  return {
    host,
    core,
    folder,
    async openTerminal() {
      const { id } = await core.client.terminals.open({ target: host.target, size: { cols: 80, rows: 24 } })
      await core.terminal(id, ({ phase }) => phase.kind === 'open')
      return id
    },
    async close() {
      await core.close()
      await host.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a call fails with. */
export async function refusal(call: Promise<unknown>): Promise<UserErrorData> {
  return call.then(
    () => {
      throw new Error('did not fail')
    },
    (error) => (error.code === 'USER_ERROR' ? error.data : toUserError(error)),
  )
}
