import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import type { UserErrorData } from '../../contract/errors.ts'
import type { HostKeyTrust } from '../../contract/models/reach.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { cancelled, UserError } from '../user-error.ts'
import type { Endpoint } from './dial.ts'
import { asThrown, connectionLost, hostOf, type Ssh2Error } from './failures.ts'
import { onOverflow, ping } from './internals.ts'
import { REKEY_LIMIT, type RekeyLimit, rekeyWhenDue } from './rekey.ts'
import { endStream, type OpenStream } from './route/stream.ts'
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts'
import { openShell, type Shell, type ShellOptions } from './shell.ts'
import { writeTogether } from './write-together.ts'
import { type DisplayToForward, forwardDisplay } from './x11/forward-display.ts'

export interface NegotiatedAlgorithms {
  readonly kex: string
  readonly hostKey: string
  readonly cipher: string
}

export interface Connection {
  readonly user: string
  readonly trust: HostKeyTrust
  /** The key that opened it; absent where a password did. */
  readonly keyId?: string
  readonly keyLabel?: string
  readonly algorithms: NegotiatedAlgorithms
  /** The person's agent can be used from there. */
  readonly forwardsAgent: boolean
  /** Where programs there may show their windows. */
  readonly display?: DisplayToForward | undefined
  /** The shell that was asked for together with the connection. */
  readonly firstShell?: Promise<Shell>
  openShell(options: ShellOptions): Promise<Shell>
  /** From there to somewhere else: what makes it a jump host. Throws UserError JUMP_REFUSED. */
  readonly openStream: OpenStream
  /** A command of ours. Throws UserError CONNECTION_LOST, SHELL_REFUSED, CANCELLED. */
  run(command: string, options?: CommandOptions): Promise<CommandResult>
  /** Of the last keep-alive. */
  readonly roundTripMs: ReadonlyState<number | undefined>
  /** `undefined` when it was closed here, else CONNECTION_LOST. */
  readonly closed: Promise<UserErrorData | undefined>
  /** The computer or its network was asleep: counts as lost unless it answers soon. */
  prove(): void
  close(): void
  readonly raw: Client
}

export interface KeepAlive {
  readonly intervalMs: number
  /** Unanswered ones after which the connection counts as lost. */
  readonly misses: number
}
/** Seen within a minute. */
export const KEEP_ALIVE: KeepAlive = { intervalMs: 15_000, misses: 3 }

/** For an answer right after the computer or its network woke: whatever is in between has most likely forgotten the connection. */
const WAKE_MS = 5_000

/** For what was still being sent; a network that carries nothing any more must not keep the connection. */
const FAREWELL_MS = 1_000

/** The life of a connection once somebody is logged in. */
export function createConnection(
  o: Omit<Connection, 'openShell' | 'openStream' | 'run' | 'roundTripMs' | 'closed' | 'prove' | 'close' | 'firstShell'> & {
    endpoint: Endpoint
    socket: Duplex
    keepAlive?: KeepAlive | undefined
    rekeyLimit?: RekeyLimit | undefined
    environment?: Readonly<Record<string, string>> | undefined
  },
): Connection {
  const { raw: client, endpoint, socket, keepAlive = KEEP_ALIVE, rekeyLimit = REKEY_LIMIT, environment, ...facts } = o
  writeTogether(socket)
  // Each command that runs waits for the connection's end: with many terminals more than Node takes for a leak.
  client.setMaxListeners(0)
  const roundTripMs = createState<number | undefined>(undefined)
  let unanswered = 0
  let closedHere = false
  let ended = false
  let failure: Ssh2Error | undefined

  function lose(level: 'client-timeout' | 'protocol') {
    failure ??= Object.assign(new Error('given up'), { level })
    socket.destroy()
  }
  function part() {
    endStream(socket)
    setTimeout(() => socket.destroy(), FAREWELL_MS).unref()
  }
  function check() {
    if (unanswered >= keepAlive.misses) return lose('client-timeout')
    unanswered += 1
    const sentAt = performance.now()
    ping(client, () => {
      unanswered = 0
      roundTripMs.set(performance.now() - sentAt)
    })
  }
  // ServerAliveInterval 0: the person wants none.
  const timer = keepAlive.intervalMs > 0 ? setInterval(check, keepAlive.intervalMs) : undefined
  if (timer) check()
  const x11 = facts.display && forwardDisplay(client, facts.display)
  const endRekeying = rekeyWhenDue(client, socket, rekeyLimit)
  onOverflow(client, () => lose('protocol'))

  const closed = new Promise<UserErrorData | undefined>((resolve) => {
    client.on('error', (error: Ssh2Error) => {
      failure ??= error
      // ssh2 only says goodbye, and a server that does not answer it would keep the connection for good.
      if (error.level !== 'agent') part()
    })
    client.once('close', () => {
      ended = true
      clearInterval(timer)
      endRekeying()
      resolve(closedHere ? undefined : connectionLost(failure, endpoint))
    })
  })

  return {
    ...facts,
    raw: client,
    roundTripMs,
    closed,
    async openShell(options) {
      if (ended || closedHere) throw asThrown(connectionLost(failure, endpoint))
      return openShell(client, hostOf(endpoint), { ...options, environment, forwardAgent: facts.forwardsAgent, x11 })
    },
    async run(command, options) {
      if (ended || closedHere) throw asThrown(connectionLost(failure, endpoint))
      return runCommand(client, hostOf(endpoint), command, options)
    },
    openStream({ address, port }, { signal, timeoutMs }) {
      return new Promise((resolve, reject) => {
        const refuse = (problem: 'not-allowed' | 'unreachable', cause?: unknown) =>
          reject(new UserError('JUMP_REFUSED', { via: hostOf(endpoint), host: hostOf({ address, port }), problem }, { cause }))
        if (ended || closedHere) return reject(asThrown(connectionLost(failure, endpoint)))
        const timer = setTimeout(() => refuse('unreachable'), timeoutMs)
        const onAbort = () => reject(cancelled())
        signal.addEventListener('abort', onAbort)
        client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', onAbort)
          // RFC 4254, 5.1: 1 is prohibited, 2 that it could not connect.
          if (error) return refuse((error as Ssh2Error & { reason?: unknown }).reason === 1 ? 'not-allowed' : 'unreachable', error)
          if (signal.aborted) channel.destroy()
          resolve(channel)
        })
      })
    },
    prove() {
      if (ended || closedHere) return
      const tooLate = setTimeout(() => lose('client-timeout'), WAKE_MS)
      void closed.then(() => clearTimeout(tooLate))
      ping(client, () => clearTimeout(tooLate))
    },
    close() {
      if (closedHere) return
      closedHere = true
      clearInterval(timer)
      client.end()
      part()
    },
  }
}
