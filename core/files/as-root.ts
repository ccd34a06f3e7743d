import type { Client, ClientChannel } from 'ssh2'
import type { Connection } from '../ssh/connect.ts'
import { plainText } from '../ssh/login/server-text.ts'
import { type CommandOptions, type CommandResult, followCommand } from '../ssh/run-command.ts'
import { startSftp } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import type { Channel } from './channels.ts'
import { bytesOf, textOf } from './names.ts'

/** Asks for the password of the login; `again`: the last one was wrong. Throws UserError CANCELLED. */
export type AskPassword = (user: string, again: boolean) => Promise<string>

const TRIES = 3
const MOST_SAID = 400
/** Where systems have OpenSSH's program (facts of their packages): Debian, RHEL and Amazon Linux, SUSE, FreeBSD. */
const SERVERS = ['/usr/lib/openssh', '/usr/libexec/openssh', '/usr/lib/ssh', '/usr/libexec', '/usr/lib/misc', '/usr/lib']
/** Said once sudo has let us in; before that, what is sent would be taken for a password. */
const READY = '@mooring-root'
const NO_SERVER = '@no-sftp-server'

/** `-k`: the password is always read, so that it never goes to the program. */
const sudo = (withPassword: boolean) => (withPassword ? 'sudo -k -S -p ""' : 'sudo -n')

/** Nothing from outside is in it. LC_ALL for what sudo says. */
function sftpServer(withPassword: boolean): string {
  const start = `sh -c "echo ${READY} >&2; exec \\"\\$0\\"" "$p"`
  return [
    `exec sh -c 'LC_ALL=C; export LC_ALL; for d in ${SERVERS.join(' ')}; do p=$d/sftp-server; [ -x "$p" ] || continue;`,
    `[ "$(id -u)" = 0 ] && exec ${start}; exec ${sudo(withPassword)} -- ${start}; done; echo ${NO_SERVER} >&2; exit 1'`,
  ].join(' ')
}

/** SFTP with root's rights: the host's own server, through sudo. The password is asked for only where sudo wants one, and kept nowhere. */
export async function openRootChannel(connection: Connection, host: string, ask: AskPassword): Promise<Channel> {
  const sftp = await startSftp(await begin(connection, host, sftpServer, ask))
  return { sftp, connection, home: textOf(await sftp.realpath(bytesOf('.'))), root: true }
}

/** A constant script of ours for `sh`, without single quotes, with root's rights. Throws as `Connection.run` does, and ROOT_UNAVAILABLE. */
export async function runAsRoot(
  connection: Connection,
  host: string,
  ask: AskPassword,
  script: string,
  options: CommandOptions,
): Promise<CommandResult> {
  const command = (withPassword: boolean) => {
    const start = `LC_ALL=C; export LC_ALL; [ "$(id -u)" = 0 ] && exec sh -c "$0"; exec ${sudo(withPassword)} -- sh -c "$0"`
    return `exec sh -c '${start}' 'echo ${READY} >&2; ${script}'`
  }
  return followCommand(await begin(connection, host, command, ask), host, options)
}

/** Through sudo, up to where the program itself begins. */
async function begin(
  { raw, user }: Connection,
  host: string,
  command: (withPassword: boolean) => string,
  ask: AskPassword,
): Promise<ClientChannel> {
  let outcome = await start(raw, command(false), undefined)
  for (let attempt = 0; 'said' in outcome && wantsPassword(outcome.said) && attempt < TRIES; attempt += 1) {
    outcome = await start(raw, command(true), await ask(user, attempt > 0))
  }
  if ('said' in outcome) throw unavailable(host, outcome.said)
  return outcome.channel
}

/** Pure. In LC_ALL=C. */
export function wantsPassword(said: string): boolean {
  return /password is required|a terminal is required|no password was provided|Sorry, try again|incorrect password/i.test(said)
}

function unavailable(host: string, said: string): UserError {
  const problem = said.includes(NO_SERVER)
    ? 'no-server'
    : /not found/.test(said)
      ? 'no-sudo'
      : wantsPassword(said)
        ? 'wrong-password'
        : 'not-allowed'
  return new UserError('ROOT_UNAVAILABLE', { host, problem, said: plainText(said, MOST_SAID) })
}

async function start(
  client: Client,
  command: string,
  password: string | undefined,
): Promise<{ channel: ClientChannel } | { said: string }> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  const outcome = Promise.withResolvers<{ channel: ClientChannel } | { said: string }>()
  let said = ''
  channel.stderr.on('data', (bytes: Buffer) => {
    if (said.length > MOST_SAID * 10) return
    said += bytes.toString('utf8')
    if (said.includes(READY)) outcome.resolve({ channel })
    else if (/Sorry, try again/.test(said)) {
      outcome.resolve({ said })
      channel.close()
    }
  })
  // Nothing comes before the first packet is asked for; unread, it would never be seen to close.
  channel.resume()
  channel.on('error', () => undefined)
  channel.once('close', () => outcome.resolve({ said }))
  if (password !== undefined) channel.write(`${password}\n`)
  return outcome.promise
}
