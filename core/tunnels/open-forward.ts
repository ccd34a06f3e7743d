import { connect, type Socket } from 'node:net'
import type { ClientChannel, TcpConnectionDetails } from 'ssh2'
import type { Forward } from '../../contract/models/tunnel.ts'
import type { Connection } from '../ssh/connect.ts'
import { isUserError, UserError } from '../user-error.ts'
import { openChannel, type Place, placeLabel } from './channel.ts'
import { join } from './join.ts'
import { listen } from './listen.ts'
import { serveSocks } from './socks-server.ts'
import type { Connected } from './traffic.ts'

export interface ForwardContext {
  readonly connection: Connection
  /** How a person knows the host. */
  readonly hostLabel: string
  readonly connected: Connected
  /** One connection through it could not be made, or (nothing given) could. */
  onTrouble(error: UserError | undefined): void
}

/** Takes connections and leads them through; returns how to end that, which leaves those that are open. */
export function openForward(forward: Forward, context: ForwardContext): Promise<() => void> {
  return forward.kind === 'remote' ? openRemote(forward, context) : openLocal(forward, context)
}

/** Throws UserError PORT_TAKEN, PORT_NOT_ALLOWED, ADDRESS_NOT_HERE. */
async function openLocal(forward: Exclude<Forward, { kind: 'remote' }>, context: ForwardContext): Promise<() => void> {
  const server = await listen(forward.bindAddress, forward.bindPort, (socket) => {
    // `join` and `close` do what is to be done about it.
    socket.on('error', () => undefined)
    context.connected.add(socket)
    const lead =
      forward.kind === 'local' ? leadTo(socket, { host: forward.toHost, port: forward.toPort }, context) : leadSocks(socket, context)
    void lead.catch((error) => {
      if (error instanceof UserError) context.onTrouble(error)
      socket.destroySoon()
    })
  })
  return () => server.close()
}

async function leadTo(socket: Socket, to: Place, { connection, hostLabel, onTrouble }: ForwardContext): Promise<void> {
  const channel = await openChannel(connection, hostLabel, originOf(socket), to)
  onTrouble(undefined)
  join(socket, channel)
}

async function leadSocks(socket: Socket, context: ForwardContext): Promise<void> {
  const request = await serveSocks(socket)
  if (!request) return
  try {
    const channel = await openChannel(context.connection, context.hostLabel, originOf(socket), request.to)
    context.onTrouble(undefined)
    request.answer('ok')
    join(socket, channel)
  } catch (error) {
    const failed = isUserError(error, 'FORWARD_TARGET_FAILED')
    request.answer(!failed ? 'failed' : error.details.reason === 'prohibited' ? 'not-allowed' : 'unreachable')
    throw error
  }
}

function originOf({ remoteAddress, remotePort }: Socket): Place {
  return { host: remoteAddress ?? '127.0.0.1', port: remotePort ?? 0 }
}

/** RFC 4254, 7.1. Throws UserError FORWARD_REFUSED. */
async function openRemote(forward: Extract<Forward, { kind: 'remote' }>, context: ForwardContext): Promise<() => void> {
  const { bindAddress, bindPort } = forward
  const { raw } = context.connection
  const to = { host: forward.toHost, port: forward.toPort }
  let withdrawn = false
  const onConnection = (details: TcpConnectionDetails, accept: () => ClientChannel, reject: () => void) => {
    if (details.destPort !== bindPort || details.destIP !== bindAddress) return
    // What the host took before it knew that nobody wants it any more would wait for an answer.
    if (withdrawn) reject()
    else leadBack(to, accept, reject, context)
  }
  raw.on('tcp connection', onConnection)
  const withdraw = () => {
    withdrawn = true
    // Nobody is left to be told when the connection is gone as well.
    try {
      raw.unforwardIn(bindAddress, bindPort, () => raw.off('tcp connection', onConnection))
    } catch {}
  }
  try {
    await new Promise<void>((resolve, reject) =>
      raw.forwardIn(bindAddress, bindPort, (error: Error | undefined) => (error ? reject(error) : resolve())),
    )
  } catch (cause) {
    raw.off('tcp connection', onConnection)
    throw new UserError('FORWARD_REFUSED', { host: context.hostLabel, address: bindAddress, port: bindPort }, { cause })
  }
  return withdraw
}

/** From the host to a place that this computer can reach: the channel is taken once there is something to lead it to. */
function leadBack(to: Place, accept: () => ClientChannel, reject: () => void, { connected, hostLabel, onTrouble }: ForwardContext): void {
  const socket = connect({ ...to, allowHalfOpen: true, noDelay: true, keepAlive: true })
  connected.add(socket)
  const onError = (cause: NodeJS.ErrnoException) => {
    reject()
    const reason = cause.code === 'ECONNREFUSED' ? 'refused' : 'unreachable'
    onTrouble(new UserError('FORWARD_TARGET_FAILED', { host: hostLabel, target: placeLabel(to), reason }, { cause }))
  }
  socket.once('error', onError)
  socket.once('connect', () => {
    socket.off('error', onError)
    onTrouble(undefined)
    join(socket, accept())
  })
}
