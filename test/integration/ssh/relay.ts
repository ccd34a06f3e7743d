import { connect, createServer, type Socket } from 'node:net'

/** A network between the two that can stop carrying anything. */
export async function startRelay(port: number, at = '127.0.0.1', ownPort = 0) {
  const sockets: Socket[] = []
  const over = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<number>()
  const server = createServer((near) => {
    opened.resolve(Date.now())
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) socket.on('error', () => undefined)
    near.pipe(far).pipe(near)
    near.once('close', () => setImmediate(over.resolve))
    sockets.push(near, far)
  })
  await new Promise<void>((resolve) => server.listen(ownPort, at, resolve))
  return {
    port: (server.address() as { port: number }).port,
    /** When the first connection came. */
    opened: opened.promise,
    /** The first connection has ended on both sides. */
    over: over.promise,
    freeze() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    reset() {
      sockets[0]?.resetAndDestroy()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
