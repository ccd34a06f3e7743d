import { createServer, type Server, type Socket } from 'node:net'
import type { Connection } from 'ssh2'

/** More than a person opens; a client that has lost count gets no further one. */
const MOST_FORWARDS = 100

/**
 * What a client wants listened to on the machine (RFC 4254, 7.1). The machine is this computer, so that it listens on its loopback
 * alone, whatever address was asked for, and not where something else does.
 */
export function serveRemoteForwards(connection: Connection): void {
  const servers = new Map<number, Server>()

  async function open(bindAddress: string, wanted: number): Promise<number> {
    if (servers.size >= MOST_FORWARDS) throw new Error('too many')
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) =>
      lead(socket, bindAddress, wanted || portOf(server)),
    )
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, resolve)
    })
    const port = portOf(server)
    servers.set(port, server)
    return port
  }
  function lead(socket: Socket, bindAddress: string, port: number) {
    const { remoteAddress = '127.0.0.1', remotePort = 0 } = socket
    socket.on('error', () => undefined)
    connection.forwardOut(bindAddress, port, remoteAddress, remotePort, (error, channel) => {
      if (error) return socket.destroy()
      channel.on('error', () => socket.destroy())
      channel.on('close', () => socket.destroySoon())
      socket.on('close', () => channel.end())
      channel.pipe(socket).pipe(channel)
    })
  }

  connection.on('request', (accept, reject, name, info) => {
    if (name === 'tcpip-forward') {
      // The answer names the port only where the client left it open.
      const answer = accept as ((port?: number) => void) | undefined
      open(info.bindAddr, info.bindPort).then(
        (port) => answer?.(info.bindPort === 0 ? port : undefined),
        () => reject?.(),
      )
    } else if (name === 'cancel-tcpip-forward') {
      const server = servers.get(info.bindPort)
      servers.delete(info.bindPort)
      server?.close()
      if (server) accept?.()
      else reject?.()
    } else reject?.()
  })
  connection.once('close', () => {
    for (const server of servers.values()) server.close()
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
