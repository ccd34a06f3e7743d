import { appendFile, copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Target } from '../../contract/models/terminal.ts'
import { createHome } from './app.ts'
import { makeKey, type Sshd, type SshdOptions, startSshd } from './sshd.ts'

export interface KnownHost {
  readonly home: string
  readonly sshd: Sshd
  /** How quick connect would name it. */
  readonly target: Target
  remove(): Promise<void>
}

/** A starts-at-once shell: what this machine's own profile does is not what a test is about. */
const PLAIN_SHELL = ['SetEnv HOME=/nonexistent', "ForceCommand PS1='ready> ' exec /bin/sh"]

/** A shell that starts at once, and SFTP beside it. */
export const SHELL_AND_SFTP = [
  'SetEnv HOME=/nonexistent',
  `ForceCommand case "$SSH_ORIGINAL_COMMAND" in *sftp*) exec /usr/lib/openssh/sftp-server;; *) PS1='ready> ' exec /bin/sh;; esac`,
]

/** OpenSSH's server, asked for SFTP, starts a program that is not there; everything else it runs. */
export const WITHOUT_SFTP = `ForceCommand if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /nonexistent/sftp-server; fi; if [ -n "$SSH_ORIGINAL_COMMAND" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; fi; PS1='ready> ' exec /bin/sh`

/** A person's home with a key, and a real OpenSSH server that takes it and whose host key is known: nothing is asked. */
export async function startKnownHost({ config = [], ...options }: SshdOptions = {}): Promise<KnownHost> {
  const { home, remove } = await createHome()
  const key = makeKey(join(home, '.ssh', 'id_ed25519'))
  const sshd = await startSshd({ ...options, config: [...config, ...PLAIN_SHELL], authorizedKeys: [key.publicKey] })
  await writeFile(join(home, '.ssh', 'known_hosts'), sshd.hostKeys.map((hostKey) => `[127.0.0.1]:${sshd.port} ${hostKey}\n`).join(''))
  return {
    home,
    sshd,
    target: { kind: 'host', host: '127.0.0.1', choices: { user: sshd.user, port: sshd.port } },
    async remove() {
      await sshd.stop()
      await remove()
    },
  }
}

/** An account of AWS's as a person has it: `~/.aws` names its endpoint, `~/.ssh` holds its keys and says where its addresses are. */
export async function giveAccount(
  home: string,
  cloud: { awsConfigFile: string; awsCredentialsFile: string; sshConfigFile: string },
): Promise<void> {
  await copyFile(cloud.awsConfigFile, join(home, '.aws', 'config'))
  await copyFile(cloud.awsCredentialsFile, join(home, '.aws', 'credentials'))
  await appendFile(join(home, '.ssh', 'config'), `Include ${cloud.sshConfigFile}\n`)
}
