import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { fromWebSocket, type Port } from '../contract/port.ts'
import type { Verdict } from './guard.ts'

const PATH = /^\/channel\/(control|(?:terminal|upload)\/[\w-]{1,64})$/
/** The largest text that is edited fits in one message; a page gone wild does not fill the memory. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
/** A person's terminals many times over. */
const MAX_SOCKETS = 512

/** WebSockets at `/channel/<channel>` become ports. */
export function acceptChannels(
  server: Server,
  judge: (request: IncomingMessage) => Verdict,
  accept: (channel: string, port: Port) => void,
): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })

  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const verdict = judge(request)
    const channel = verdict.kind === 'pass' ? PATH.exec(verdict.pathname)?.[1] : undefined
    if (verdict.kind === 'refuse') return refuse(connection, verdict.status)
    if (channel === undefined) return refuse(connection, 404)
    if (sockets.clients.size >= MAX_SOCKETS) return refuse(connection, 503)
    sockets.handleUpgrade(request, connection, head, (socket) => {
      // `ws` closes the socket after an error; without a listener the error would end this process.
      socket.on('error', () => {})
      accept(channel, fromWebSocket(socket))
    })
  })

  return {
    close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function refuse(connection: Duplex, status: number) {
  connection.on('error', () => {})
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
