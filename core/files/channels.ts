import type { Connection } from '../ssh/connect.ts'
import { openFiles } from '../ssh/open-files.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import type { Lease } from '../terminals/connections.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { UserError } from '../user-error.ts'
import { broken, notOpened } from './failures.ts'
import { bytesOf, textOf } from './names.ts'

export interface Channel {
  readonly sftp: Sftp
  /** Where a login begins. */
  readonly home: string
  /** Absent where there is no host behind it, and so no program to be run. */
  readonly connection?: Connection
  /** With root's rights. */
  readonly root: boolean
}

/** SFTP on the connections of terminals: one channel a connection, for as long as one of its terminals wants it. */
export interface Channels {
  /** Works on the terminal's channel, and says as UserErrors what is wrong with it. Throws TERMINAL_GONE. */
  use<Value>(terminalId: string, work: (channel: Channel) => Promise<Value>): Promise<Value>
  release(terminalId: string): void
}

interface Shared {
  readonly channel: Promise<Channel>
  users: number
}

type Open = (connection: Connection, host: string, terminalId: string) => Promise<Channel>

export function createChannels(terminals: Terminals, open: Open = openChannel): Channels {
  const shared = new Map<Connection, Shared>()
  const used = new Map<string, { readonly lease: Lease; readonly of: Shared }>()

  function nameOf(terminalId: string): string {
    return terminals.state.value.find(({ id }) => id === terminalId)?.name ?? ''
  }
  function take(terminalId: string): Shared {
    const before = used.get(terminalId)
    if (before) return before.of
    const lease = terminals.lease(terminalId)
    if (!lease) throw new UserError('FILES_UNAVAILABLE', { host: nameOf(terminalId), problem: 'not-connected' })
    const { connection } = lease
    const of = shared.get(connection) ?? { channel: open(connection, nameOf(terminalId), terminalId), users: 0 }
    of.users += 1
    shared.set(connection, of)
    const use = { lease, of }
    used.set(terminalId, use)
    // A channel that is none, or is none any more, is opened anew by the next call.
    const forget = () => {
      if (used.get(terminalId) === use) release(terminalId)
    }
    of.channel.then(({ sftp }) => sftp.closed.then(forget), forget)
    return of
  }
  function release(terminalId: string) {
    const use = used.get(terminalId)
    if (!use) return
    used.delete(terminalId)
    const { lease, of } = use
    of.users -= 1
    if (of.users === 0) {
      if (shared.get(lease.connection) === of) shared.delete(lease.connection)
      of.channel.then(
        ({ sftp }) => sftp.end(),
        () => undefined,
      )
    }
    lease.release()
  }
  // A channel does not outlast its terminal's shell.
  terminals.state.subscribe((states) => {
    for (const id of used.keys()) if (!states.some((state) => state.id === id && state.phase.kind === 'open')) release(id)
  })

  return {
    release,
    async use(terminalId, work) {
      const channel = await take(terminalId).channel.catch((error) => {
        throw notOpened(error, nameOf(terminalId))
      })
      return work(channel).catch((error) => {
        throw broken(error, nameOf(terminalId))
      })
    },
  }
}

async function openChannel(connection: Connection): Promise<Channel> {
  const sftp = await openFiles(connection.raw)
  return { sftp, connection, home: textOf(await sftp.realpath(bytesOf('.'))), root: false }
}
