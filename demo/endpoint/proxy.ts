import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { admits } from '../machines/reachability.ts'
import type { Account } from './action.ts'

/** An HTTP proxy's request names the whole address (RFC 9112, 3.2.2). */
export function isProxied({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('http://')
}

/**
 * The way from the internet to a practice machine: through its security group, to what listens on its ports. 502 where nothing takes
 * the connection, 504 where nobody says anything, as packets that are dropped.
 */
export async function proxy(request: IncomingMessage, response: ServerResponse, { fleet, network }: Account): Promise<void> {
  const fail = (status: number) => response.writeHead(status, { 'content-type': 'text/plain' }).end()
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
  const port = Number(url?.port || 80)
  const machine = fleet.machines.find(({ publicAddress, state }) => publicAddress === url?.hostname && state === 'running')
  if (!url || !machine || !admits(machine, 'public', port, network)) return void fail(504)
  const address = await otherAddress(port)
  if (!address) return void fail(502)
  const onward = requestHttp({ host: address, port, path: url.pathname + url.search, method: 'GET' }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => (response.headersSent ? response.destroy() : fail(502)))
  onward.end()
}

/** An address that is not 127.0.0.1 stands for the machine's own: what listens there alone is not to be found. */
async function otherAddress(port: number): Promise<string | undefined> {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  // A Mac's loopback has one address only.
  for (const address of [
    '127.0.0.2',
    ...own.filter(({ family, internal }) => family === 'IPv4' && !internal).map((each) => each.address),
  ]) {
    if (await takes(address, port)) return address
  }
  return undefined
}

function takes(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const done = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.once('timeout', () => done(false))
  })
}
