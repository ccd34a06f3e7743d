import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { securityHeaders } from '../contract/content-security-policy.ts'
import type { Port } from '../contract/port.ts'
import { acceptChannels } from './channels.ts'
import { judge } from './guard.ts'
import { createSignIn } from './sign-in.ts'

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** A new address, good for one use. */
  address(): string
  close(): Promise<void>
}

export interface WebServerOptions {
  /** 0: any that is free. */
  readonly port: number
  /** Answers for one file of the page. */
  page(pathname: string, response: ServerResponse, request: IncomingMessage): void
  accept(channel: string, port: Port): void
  /** A development server needs others. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Only this machine can reach it. */
const ADDRESS = '127.0.0.1'

/** Rejects when the port is taken. */
export async function startWebServer({ port, page, accept, headers = securityHeaders }: WebServerOptions): Promise<WebServer> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16 * 1024 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, resolve)
  })
  const { port: actualPort } = server.address() as AddressInfo
  const origin = new URL(`http://${ADDRESS}:${actualPort}`).origin
  const signIn = createSignIn(actualPort)

  server.on('request', (request, response) => {
    response.setHeaders(new Map([...Object.entries(headers), ['cache-control', 'no-store']]))
    const verdict = judge(request, origin, signIn)
    if (verdict.kind === 'pass') page(verdict.pathname, response, request)
    else if (verdict.kind === 'signed-in') {
      response.writeHead(303, { 'set-cookie': `${verdict.cookie}; HttpOnly; SameSite=Strict; Path=/`, location: '/' }).end()
    } else {
      const allow = verdict.status === 405 ? { allow: 'GET, HEAD' } : {}
      response.writeHead(verdict.status, { ...allow, 'content-type': 'text/plain; charset=utf-8' }).end(`${verdict.why}\n`)
    }
  })
  const channels = acceptChannels(server, (request) => judge(request, origin, signIn), accept)

  return {
    origin,
    address: () => `${origin}/?token=${signIn.issue()}`,
    async close() {
      channels.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
