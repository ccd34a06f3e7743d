import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Machine } from '../machines/machine.ts'

/** What somebody has just started on it to try out: nothing on this computer listens for it, a tunnel leads there. */
export const SITE_PORT = 5000

/** Takes connections to a machine's own port. */
export function createSite({ spec }: Machine): (connection: Duplex) => void {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>${spec.name}</title><h1>${spec.name}</h1><p>Served by the practice cloud on port ${SITE_PORT}.`)
  })
  return (connection) => server.emit('connection', connection)
}

/** The names that a machine has for itself. */
export function isItself({ spec }: Machine, address: string): boolean {
  return ['localhost', '127.0.0.1', '::1', spec.privateAddress, spec.name].includes(address)
}
