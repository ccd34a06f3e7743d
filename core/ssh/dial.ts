import { connect, type Socket } from 'node:net'
import type { UserErrorDetails } from '../../contract/errors.ts'
import { cancelled, UserError } from '../user-error.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export type UnreachableReason = UserErrorDetails['HOST_UNREACHABLE']['reason']

/**
 * A TCP connection with Nagle's delay off: it costs a login 40 ms and every key a round trip. Throws UserError HOST_UNREACHABLE,
 * CANCELLED.
 */
export function dial(
  { address, port }: Endpoint,
  o: { timeoutMs: number; signal: AbortSignal; family?: 4 | 6 | undefined; from?: string | undefined },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (o.signal.aborted) return reject(cancelled())
    const socket = connect({
      host: address,
      port,
      noDelay: true,
      keepAlive: true,
      ...(o.family ? { family: o.family } : {}),
      ...(o.from ? { localAddress: o.from } : {}),
    })
    const timer = setTimeout(() => fail(unreachable('timeout')), o.timeoutMs)
    const onAbort = () => fail(cancelled())
    const onError = (error: NodeJS.ErrnoException) => fail(unreachable(reasonOf(error), error))
    const settle = () => {
      clearTimeout(timer)
      o.signal.removeEventListener('abort', onAbort)
    }
    const unreachable = (reason: UnreachableReason, cause?: Error) =>
      new UserError('HOST_UNREACHABLE', { address, port, reason }, { cause })
    const fail = (error: UserError) => {
      settle()
      socket.destroy()
      reject(error)
    }
    o.signal.addEventListener('abort', onAbort)
    socket.once('error', onError)
    socket.once('connect', () => {
      settle()
      socket.removeListener('error', onError)
      resolve(socket)
    })
  })
}

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

/** With several addresses of one name, the error of the first stands for all (Node sets it on the whole). */
export function reasonOf({ code = '' }: NodeJS.ErrnoException): UnreachableReason {
  return REASONS[code] ?? 'no-route'
}
