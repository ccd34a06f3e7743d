import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import type { UserErrorDetails } from '../../contract/errors.ts'
import { cancelled, UserError } from '../user-error.ts'
import { ATTEMPT_DELAY_MS, firstOf, interleave } from './eyeballs.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export type UnreachableReason = UserErrorDetails['HOST_UNREACHABLE']['reason']

interface HostAddress {
  readonly address: string
  readonly family: number
}

interface DialOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly family?: 4 | 6 | undefined
  /** This computer's, where it has several. */
  readonly from?: string | undefined
  /** Of a name; the system's unless told. */
  readonly addressesOf?: (name: string) => Promise<readonly HostAddress[]>
}

/**
 * A TCP connection with Nagle's delay off: it costs a login 40 ms and every key a round trip. To whichever of a name's addresses
 * answers first. Throws UserError HOST_UNREACHABLE, CANCELLED.
 */
export function dial({ address, port }: Endpoint, o: DialOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (o.signal.aborted) return reject(cancelled())
    const sockets = new Set<Socket>()
    const timer = setTimeout(() => fail(unreachable('timeout')), o.timeoutMs)
    const onAbort = () => fail(cancelled())
    o.signal.addEventListener('abort', onAbort)
    let settled = false

    const unreachable = (reason: UnreachableReason, cause?: unknown) =>
      new UserError('HOST_UNREACHABLE', { address, port, reason }, { cause })
    function settle(keep?: Socket) {
      settled = true
      clearTimeout(timer)
      o.signal.removeEventListener('abort', onAbort)
      for (const socket of sockets) if (socket !== keep) socket.destroy()
    }
    function fail(error: UserError) {
      settle()
      reject(error)
    }
    function attempt(host: string): Promise<Socket> {
      if (settled) return Promise.reject(new Error('too late'))
      const socket = connect({ host, port, noDelay: true, keepAlive: true, ...(o.from ? { localAddress: o.from } : {}) })
      sockets.add(socket)
      return new Promise((connected, failed) => {
        socket.once('error', failed)
        socket.once('connect', () => {
          socket.removeListener('error', failed)
          // One that comes too late is destroyed; what it still says is nobody's.
          socket.on('error', ignore)
          connected(socket)
        })
      })
    }
    async function run() {
      const addresses = await addressesOf(address, o)
      if (settled) return
      const { value } = await firstOf(
        interleave(addresses).map((one) => () => attempt(one.address)),
        ATTEMPT_DELAY_MS,
      )
      if (settled) return
      value.off('error', ignore)
      settle(value)
      resolve(value)
    }
    run().catch((thrown: unknown) => {
      if (settled) return
      const failures = (Array.isArray(thrown) ? thrown : [thrown]) as NodeJS.ErrnoException[]
      const cause = failures.toSorted((a, b) => TELLING.indexOf(reasonOf(a)) - TELLING.indexOf(reasonOf(b)))[0]
      fail(unreachable(cause ? reasonOf(cause) : 'unknown-name', cause))
    })
  })
}

const ignore = () => undefined

async function addressesOf(host: string, { family, addressesOf: own }: DialOptions): Promise<readonly HostAddress[]> {
  const literal = isIP(host)
  if (literal !== 0) return [{ address: host, family: literal }]
  if (own) return own(host)
  return lookup(host, { all: true, ...(family ? { family } : {}) })
}

/** Of several addresses, what says most about the host stands for all: one that refuses is there. */
const TELLING: readonly UnreachableReason[] = ['refused', 'reset', 'timeout', 'no-route', 'unknown-name', 'no-banner']

const REASONS: Readonly<Record<string, UnreachableReason>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  EAI_NODATA: 'unknown-name',
  EAI_NONAME: 'unknown-name',
}

export function reasonOf({ code = '' }: NodeJS.ErrnoException): UnreachableReason {
  return REASONS[code] ?? 'no-route'
}
