import { type AskPassword, runAsRoot } from '../files/as-root.ts'
import type { Connection } from '../ssh/connection.ts'
import type { CommandOptions, CommandResult } from '../ssh/run-command.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { Pace } from './pace.ts'
import { openRemote, type Remote } from './remote.ts'

export interface LanePlan {
  readonly connections: number
  readonly channelsEach: number
  /** Of one large file, over all channels. */
  readonly inFlightBytes: number
  /** Of files that one request holds. */
  readonly smallFilesAtOnce: number
}

const MIB = 1024 * 1024
/** A network nearby: one connection is what its processor can fill. */
const NEAR_MS = 10
const FAR_MS = 30

/** By measured round trip. The figures are what was fastest (docs/performance.md). */
export function planLanes(roundTripMs: number): LanePlan {
  if (roundTripMs < NEAR_MS) return { connections: 1, channelsEach: 2, inFlightBytes: 4 * MIB, smallFilesAtOnce: 64 }
  if (roundTripMs < FAR_MS) return { connections: 2, channelsEach: 2, inFlightBytes: 8 * MIB, smallFilesAtOnce: 128 }
  return { connections: 4, channelsEach: 2, inFlightBytes: 16 * MIB, smallFilesAtOnce: 512 }
}

/** By scp each file is a channel of its own, of which OpenSSH allows ten on a connection, and goes from its beginning to its end. */
const WHOLE_FILES: LanePlan = { connections: 1, channelsEach: 1, inFlightBytes: 4 * MIB, smallFilesAtOnce: 4 }

/** SFTP channels to one host side by side, over connections that carry nothing else. More may come while work goes on. */
export interface Lanes {
  readonly first: Remote
  readonly plan: LanePlan
  readonly open: ReadonlyState<readonly Remote[]>
  /** Before so many bytes are asked for or sent. */
  readonly pace: Pace
  /** There is much to do: further connections are opened, as far as the plan wants and the server allows. */
  widen(): void
  /** A constant script of ours for `sh`, without single quotes, with the rights of the channels. Throws as `Connection.run` does, and ROOT_UNAVAILABLE. */
  run(script: string, options: CommandOptions): Promise<CommandResult>
  /** Ends the channels and the connections. */
  close(): void
}

export interface LanesOptions {
  readonly connection: Connection
  /** One more to the same host and login, without a question to anybody. */
  another?(): Promise<Connection>
  /** For the words of errors. */
  readonly host: string
  readonly patienceMs?: number
  /** All channels have root's rights. */
  readonly askForRoot?: AskPassword | undefined
  readonly pace?: Pace
}

const unpaced: Pace = async () => undefined

/** Takes the connection over. Throws UserError CONNECTION_LOST, TRANSFER_NO_SFTP, ROOT_UNAVAILABLE. */
export async function openLanes({ connection, another, pace = unpaced, ...remote }: LanesOptions): Promise<Lanes> {
  const first = await openRemote(connection, remote)
  const plan = first.resumes ? planLanes(first.roundTripMs) : WHOLE_FILES
  const open = createState<readonly Remote[]>([first])
  const connections = [connection]
  let wide = false
  let closed = false

  /** What cannot be opened is done without: the first one does all there is to do. */
  async function addChannels(to: Connection, count: number) {
    for (let channel = 0; channel < count; channel++) {
      const sftp = await openRemote(to, remote).catch(() => undefined)
      if (!sftp) return
      if (closed) return sftp.end()
      open.update((lanes) => [...lanes, sftp])
    }
  }
  async function addConnection() {
    const added = await another?.().catch(() => undefined)
    if (!added) return
    connections.push(added)
    if (closed) return added.close()
    await addChannels(added, plan.channelsEach)
  }

  void addChannels(connection, plan.channelsEach - 1)
  return {
    first,
    plan,
    open,
    pace,
    widen() {
      if (wide || closed) return
      wide = true
      for (let count = 1; count < plan.connections; count++) void addConnection()
    },
    run: (script, options) =>
      remote.askForRoot
        ? runAsRoot(connection, remote.host, remote.askForRoot, script, options)
        : connection.run(`exec sh -c '${script}'`, options),
    close() {
      closed = true
      for (const sftp of open.value) sftp.end()
      for (const each of connections) each.close()
    },
  }
}
