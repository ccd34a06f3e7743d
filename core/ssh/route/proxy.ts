import { isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { cancelled, isUserError, UserError } from '../../user-error.ts'
import { dial, type Endpoint } from '../dial.ts'
import { readExactly, readHead } from './read-exactly.ts'
import type { OpenStream } from './stream.ts'
import type { SystemProxy } from './system-proxy.ts'
import type { ProxyServer } from './via.ts'

type Problem = 'not-a-proxy' | 'wrong-password' | 'wants-password' | 'refused' | 'host-unreachable' | 'ended' | 'timeout'
/** Asked for where the proxy's address names a user. */
export type AskProxyPassword = (user: string, again: boolean) => Promise<string>

class ProxyProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem)
    this.problem = problem
  }
}

/** A proxy's names are looked up by the proxy: it may know more of them. Throws UserError HOST_UNREACHABLE, PROXY_REFUSED, CANCELLED. */
export function throughProxy(proxy: SystemProxy, askPassword: AskProxyPassword): OpenStream {
  return async (endpoint, o) => {
    const password = proxy.password ?? (proxy.user === undefined || proxy.kind === 'socks4' ? '' : await askPassword(proxy.user, false))
    const socket = await dial({ address: proxy.host, port: proxy.port }, o)
    const timer = setTimeout(() => socket.destroy(new ProxyProblem('timeout')), o.timeoutMs)
    const onAbort = () => socket.destroy()
    o.signal.addEventListener('abort', onAbort)
    let failure: unknown
    socket.once('error', (error) => {
      failure = error
    })
    try {
      await HANDSHAKES[proxy.kind](socket, endpoint, proxy.user ?? '', password)
      return socket as Duplex
    } catch (error) {
      socket.destroy()
      if (o.signal.aborted) throw cancelled()
      throw refusal(failure ?? error, proxy, endpoint)
    } finally {
      clearTimeout(timer)
      o.signal.removeEventListener('abort', onAbort)
    }
  }
}

function refusal(error: unknown, proxy: ProxyServer, { address, port }: Endpoint): UserError {
  if (isUserError(error, 'CANCELLED')) return error
  const problem = error instanceof ProxyProblem ? error.problem : 'ended'
  return new UserError('PROXY_REFUSED', { proxy: `${proxy.host}:${proxy.port}`, host: `${address}:${port}`, problem }, { cause: error })
}

type Handshake = (socket: Socket, to: Endpoint, user: string, password: string) => Promise<void>

/** RFC 1928 and 1929. */
const socks5: Handshake = async (socket, { address, port }, user, password) => {
  socket.write(Buffer.from(user === '' ? [5, 1, 0] : [5, 2, 0, 2]))
  const [version, method] = await readExactly(socket, 2)
  if (version !== 5) throw new ProxyProblem('not-a-proxy')
  if (method === 2 && user !== '') {
    socket.write(Buffer.concat([Buffer.from([1]), counted(user), counted(password)]))
    if ((await readExactly(socket, 2))[1] !== 0) throw new ProxyProblem('wrong-password')
  } else if (method !== 0) throw new ProxyProblem('wants-password')
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), socksAddress(address), port16(port)]))
  const [, code, , kind] = await readExactly(socket, 4)
  if (code !== 0) throw new ProxyProblem(code === 2 ? 'refused' : 'host-unreachable')
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await readExactly(socket, 1))[0] ?? 0)
  await readExactly(socket, length + 2)
}

/** SOCKS 4a: the address 0.0.0.1 says that a name follows. */
const socks4: Handshake = async (socket, { address, port }, user) => {
  const literal = isIP(address) === 4
  const where = Buffer.from(literal ? address.split('.').map(Number) : [0, 0, 0, 1])
  const name = literal ? Buffer.alloc(0) : Buffer.from(`${address}\0`)
  socket.write(Buffer.concat([Buffer.from([4, 1]), port16(port), where, Buffer.from(`${user}\0`), name]))
  const [zero, code] = await readExactly(socket, 8)
  if (zero !== 0) throw new ProxyProblem('not-a-proxy')
  if (code !== 90) throw new ProxyProblem(code === 91 ? 'host-unreachable' : 'wants-password')
}

const MAX_HEAD = 16 * 1024

/** RFC 9110, 9.3.6, and 11.7 for the password. */
const http: Handshake = async (socket, { address, port }, user, password) => {
  const to = `${isIP(address) === 6 ? `[${address}]` : address}:${port}`
  const authorization = user === '' ? '' : `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`
  socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n${authorization}\r\n`)
  if ((await readExactly(socket, 5)).toString('latin1') !== 'HTTP/') throw new ProxyProblem('not-a-proxy')
  const status = /^1\.[01] (\d{3})/.exec(await readHead(socket, MAX_HEAD))?.[1]
  if (status === undefined) throw new ProxyProblem('not-a-proxy')
  if (status.startsWith('2')) return
  if (status === '407') throw new ProxyProblem(user === '' ? 'wants-password' : 'wrong-password')
  throw new ProxyProblem(/^5/.test(status) ? 'host-unreachable' : 'refused')
}

const HANDSHAKES: Readonly<Record<ProxyServer['kind'], Handshake>> = { socks5, socks4, http }

function socksAddress(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from([1, ...address.split('.').map(Number)])
  return Buffer.concat([Buffer.from([3]), counted(address)])
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

function port16(port: number): Buffer {
  return Buffer.from([port >> 8, port & 0xff])
}
