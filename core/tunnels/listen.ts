import { createServer, type Server, type Socket } from 'node:net'
import { UserError } from '../user-error.ts'
import { findPortOwner } from './port-owner.ts'

/** A program that opens more at once has lost count. */
const MOST_CONNECTIONS = 1_000
/** Below it only an administrator may listen, on most systems. */
const FIRST_OPEN_PORT = 1024
const MOST_TRIES = 100

/**
 * Listens on this computer; a connection can be half-closed, and is not read before somebody does. Throws UserError PORT_TAKEN,
 * PORT_NOT_ALLOWED, ADDRESS_NOT_HERE.
 */
export async function listen(address: string, port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true, keepAlive: true }, onConnection)
  server.maxConnections = MOST_CONNECTIONS
  try {
    await bind(server, address, port)
    return server
  } catch (cause) {
    throw await explain(cause, address, port)
  }
}

function bind(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function explain(cause: unknown, address: string, port: number): Promise<unknown> {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    const [owner, next] = await Promise.all([findPortOwner(port), nextFreePort(address, port)])
    const by = owner?.pid === process.pid ? 'Mooring' : owner?.label
    return new UserError('PORT_TAKEN', { address, port, ...(by ? { by } : {}), ...(next ? { next } : {}) }, { cause })
  }
  if (code === 'EACCES') {
    const next = await nextFreePort(address, port < FIRST_OPEN_PORT ? port + 8000 - 1 : port)
    return new UserError('PORT_NOT_ALLOWED', { port, ...(next ? { next } : {}) }, { cause })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
    return new UserError('ADDRESS_NOT_HERE', { address }, { cause })
  return cause
}

function nextFreePort(address: string, after: number): Promise<number | undefined> {
  return findFreePort(address, after + 1)
}

/** The first of a hundred ports that nothing listens on, and that is not one of `taken`. */
export async function findFreePort(address: string, from: number, taken: ReadonlySet<number> = new Set()): Promise<number | undefined> {
  for (let port = from; port < Math.min(from + MOST_TRIES, 65536); port++) {
    if (taken.has(port)) continue
    const server = createServer()
    const free = await bind(server, address, port).then(
      () => true,
      () => false,
    )
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
  return undefined
}
