import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Forward, TunnelState } from '../../../contract/models/tunnel.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { freePort } from '../../support/sshd.ts'

const run = promisify(execFile)
const MIB = 1024 * 1024
let host: KnownHost
let core: TestCore
/** Behind the tunnel: says what it was sent, by hash, or sends what is asked for. */
let web: HttpServer

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const big = randomBytes(8 * MIB)

beforeAll(async () => {
  host = await startKnownHost()
  web = createHttpServer(async (request, response) => {
    if (request.method === 'GET') return response.end(request.url === '/big' ? big : 'behind the tunnel')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.end(sha(Buffer.concat(chunks)))
  })
  await listening(web)
})
afterAll(async () => {
  web.closeAllConnections()
  web.close()
  await host.remove()
})
beforeEach(async () => {
  core = await startCore(host.home)
})
afterEach(() => core.close())

async function listening(server: Server | HttpServer, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return portOf(server)
}
const portOf = (server: Server | HttpServer) => (server.address() as AddressInfo).port

async function state(id: string, test: (tunnel: TunnelState) => boolean): Promise<TunnelState> {
  return until(await core.client.tunnels.watch(), (tunnels) => tunnels.find((tunnel) => tunnel.id === id && test(tunnel)))
}
const isOpen = ({ phase }: TunnelState) => phase.kind === 'open'

async function save(forward: Forward, more: { startWithApp?: boolean } = {}): Promise<string> {
  const { id } = await core.client.tunnels.save({
    name: 'Test',
    target: host.target,
    forward,
    exposed: false,
    startWithApp: more.startWithApp ?? false,
  })
  return id
}
async function open(forward: Forward): Promise<string> {
  const id = await save(forward)
  await core.client.tunnels.start({ id })
  const { phase } = await state(id, (tunnel) => ['open', 'failed'].includes(tunnel.phase.kind))
  expect(phase).toEqual({ kind: 'open' })
  return id
}
const local = async (toPort: number, bindPort?: number): Promise<Extract<Forward, { kind: 'local' }>> => ({
  kind: 'local',
  bindAddress: '127.0.0.1',
  bindPort: bindPort ?? (await freePort()),
  toHost: '127.0.0.1',
  toPort,
})

async function sendAndHash(port: number, bytes: Buffer): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: bytes as never })
  return response.text()
}
async function fetchBig(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/big`)
  return sha(Buffer.from(await response.arrayBuffer()))
}
const count = (line: string) => host.sshd.log().split(line).length - 1

describe('a local tunnel', () => {
  test('carries several MiB both ways unharmed, and counts them', async () => {
    const forward = await local(portOf(web))
    const id = await open(forward)
    const answers = await Promise.all([
      fetchBig(forward.bindPort),
      sendAndHash(forward.bindPort, big),
      fetchBig(forward.bindPort),
      sendAndHash(forward.bindPort, big),
    ])
    expect(answers).toEqual(Array(4).fill(sha(big)))
    await state(id, ({ received, sent }) => received > 16 * MIB && sent > 16 * MIB)
  })

  test('keeps one half open when the other has ended', async () => {
    const server = createServer({ allowHalfOpen: true }, async (socket) => {
      socket.resume()
      await once(socket, 'end')
      socket.end(Buffer.alloc(3 * MIB, 'x'))
    })
    const forward = await local(await listening(server))
    await open(forward)
    const socket = connect({ port: forward.bindPort, host: '127.0.0.1', allowHalfOpen: true })
    socket.end('that was all')
    let bytes = 0
    for await (const chunk of socket) bytes += chunk.length
    expect(bytes).toBe(3 * MIB)
    server.close()
  })

  test('makes a sender wait for a reader that does not read', async () => {
    const sockets: Socket[] = []
    const server = createServer((socket) => sockets.push(socket.pause()))
    const forward = await local(await listening(server))
    const id = await open(forward)
    const socket = connect(forward.bindPort, '127.0.0.1')
    const chunk = Buffer.alloc(MIB)
    let written = 0
    while (written < 64 * MIB) {
      written += MIB
      if (socket.write(chunk)) continue
      const drained = await Promise.race([once(socket, 'drain').then(() => true), state(id, stoppedGrowing()).then(() => false)])
      if (!drained) break
    }
    expect(written).toBeLessThan(32 * MIB)
    for (const other of sockets) other.destroy()
    socket.destroy()
    server.close()
  })

  test('leaves nothing behind after 200 connections, 50 at a time, some of them broken off', async () => {
    const forward = await local(portOf(web))
    const id = await open(forward)
    await fetchText(forward.bindPort)
    const before = openSockets()
    for (let round = 0; round < 4; round++) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          if (index % 10 === 0) return breakOff(forward.bindPort)
          expect(await fetchText(forward.bindPort)).toBe('behind the tunnel')
        }),
      )
    }
    await state(id, ({ connections }) => connections === 0)
    await expect.poll(openSockets).toBeLessThanOrEqual(before)
  })

  test('shares the connection of a terminal, and goes on when that is closed', async () => {
    const { id: terminalId } = await core.client.terminals.open({ target: host.target, size: { cols: 80, rows: 24 } })
    await core.attach(terminalId).until('ready> ')
    const before = count('Accepted publickey')
    const forward = await local(portOf(web))
    await open(forward)
    expect(count('Accepted publickey')).toBe(before)
    await core.client.terminals.close({ id: terminalId })
    expect(await fetchText(forward.bindPort)).toBe('behind the tunnel')
  })

  test('says in which way its target could not be reached, and forgets it at the next success', async () => {
    const nobody = await freePort()
    const forward = await local(nobody)
    const id = await open(forward)
    const socket = connect(forward.bindPort, '127.0.0.1')
    await once(socket, 'close')
    const { trouble } = await state(id, (tunnel) => tunnel.trouble !== undefined)
    expect(trouble).toEqual({
      code: 'FORWARD_TARGET_FAILED',
      details: { host: '127.0.0.1', target: `127.0.0.1:${nobody}`, reason: 'unreachable' },
    })
    const server = createServer((other) => other.end('now'))
    await listening(server, nobody)
    await once(connect(forward.bindPort, '127.0.0.1'), 'data')
    await state(id, (tunnel) => tunnel.trouble === undefined)
    server.close()
  })

  test('comes back by itself when its connection is lost', async () => {
    const forward = await local(portOf(web))
    const id = await open(forward)
    await killConnections()
    const { phase } = await state(id, (tunnel) => tunnel.phase.kind === 'lost')
    expect(phase).toMatchObject({ error: { code: 'CONNECTION_LOST' }, retryAt: expect.any(String) })
    await state(id, isOpen)
    expect(await fetchText(forward.bindPort)).toBe('behind the tunnel')
  })

  test('says who has its port, and which is free', async () => {
    const server = createServer()
    const port = await listening(server)
    const id = await save(await local(portOf(web), port))
    await core.client.tunnels.start({ id })
    const { phase } = await state(id, (tunnel) => tunnel.phase.kind === 'failed')
    const error = phase.kind === 'failed' ? phase.error : undefined
    expect(error).toMatchObject({ code: 'PORT_TAKEN', details: { address: '127.0.0.1', port, next: expect.any(Number) } })
    if (error?.code !== 'PORT_TAKEN' || !error.details.next) throw new Error('no next port')
    if (process.platform === 'linux') expect(error.details.by).toBe('Mooring')
    await core.client.tunnels.save({ ...(await saved(id)), forward: await local(portOf(web), error.details.next) })
    await core.client.tunnels.start({ id })
    await state(id, isOpen)
    expect(await fetchText(error.details.next)).toBe('behind the tunnel')
    server.close()
  })

  test('lets go of its port and its connection when it is stopped', async () => {
    const forward = await local(portOf(web))
    const id = await open(forward)
    const disconnected = count('Disconnected from user')
    const socket = connect(forward.bindPort, '127.0.0.1').on('error', () => undefined)
    await state(id, ({ connections }) => connections === 1)
    const broken = new Promise((resolve) => socket.once('close', resolve))
    await core.client.tunnels.stop({ id })
    expect(await broken).toBe(true)
    expect((await state(id, () => true)).phase).toEqual({ kind: 'stopped' })
    const server = createServer()
    expect(await listening(server, forward.bindPort)).toBe(forward.bindPort)
    server.close()
    await expect.poll(() => count('Disconnected from user')).toBeGreaterThan(disconnected)
  })

  test('is started with the app when the person wishes', async () => {
    const forward = await local(portOf(web))
    const id = await save(forward, { startWithApp: true })
    await core.close()
    core = await startCore(host.home)
    await state(id, isOpen)
    expect(await fetchText(forward.bindPort)).toBe('behind the tunnel')
  })
})

describe('a dynamic tunnel', () => {
  let port: number
  let id: string
  beforeEach(async () => {
    port = await freePort()
    id = await open({ kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: port })
  })

  test.each(['socks5', 'socks5h', 'socks4', 'socks4a'])('takes curl anywhere by %s', async (protocol) => {
    const proxy = `${protocol}://127.0.0.1:${port}`
    const { stdout } = await run('curl', ['-sS', '--noproxy', '', '-x', proxy, `http://127.0.0.1:${portOf(web)}/`])
    expect(stdout).toBe('behind the tunnel')
  })

  test('tells curl that nobody is there', async () => {
    const nobody = await freePort()
    const asked = run('curl', ['-sS', '--noproxy', '', '-x', `socks5h://127.0.0.1:${port}`, `http://127.0.0.1:${nobody}/`])
    await expect(asked).rejects.toMatchObject({ code: 97 })
    expect((await state(id, (tunnel) => tunnel.trouble !== undefined)).trouble).toMatchObject({
      details: { target: `127.0.0.1:${nobody}` },
    })
  })

  test('ends what does not speak SOCKS, and goes on', async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await once(socket, 'close')
    await state(id, ({ connections }) => connections === 0)
    const { stdout } = await run('curl', ['-sS', '--noproxy', '', '-x', `socks5://127.0.0.1:${port}`, `http://127.0.0.1:${portOf(web)}/`])
    expect(stdout).toBe('behind the tunnel')
  })
})

describe('a remote tunnel', () => {
  const remote = async (toPort: number): Promise<Extract<Forward, { kind: 'remote' }>> => ({ ...(await local(toPort)), kind: 'remote' })

  test('brings those who connect on the host to this computer, two of them on one connection', async () => {
    const other = createHttpServer((_request, response) => response.end('the other one'))
    const [first, second] = [await remote(portOf(web)), await remote(await listening(other))]
    await open(first)
    const before = count('Accepted publickey')
    await open(second)
    expect(count('Accepted publickey')).toBe(before)
    expect(await Promise.all([fetchText(first.bindPort), fetchText(second.bindPort)])).toEqual(['behind the tunnel', 'the other one'])
    expect(await Promise.all([fetchBig(first.bindPort), sendAndHash(first.bindPort, big)])).toEqual([sha(big), sha(big)])
    other.close()
  })

  test('stops listening on the host while others still use the connection', async () => {
    const [first, second] = [await remote(portOf(web)), await remote(portOf(web))]
    const id = await open(first)
    await open(second)
    await core.client.tunnels.stop({ id })
    await expect.poll(() => fetchText(first.bindPort).catch(() => 'refused')).toBe('refused')
    expect(await fetchText(second.bindPort)).toBe('behind the tunnel')
  })

  test('says that the host does not listen there', async () => {
    const forward = { ...(await remote(portOf(web))), bindPort: portOf(web) }
    const id = await save(forward)
    await core.client.tunnels.start({ id })
    const { phase } = await state(id, (tunnel) => tunnel.phase.kind === 'failed')
    expect(phase).toEqual({
      kind: 'failed',
      error: { code: 'FORWARD_REFUSED', details: { host: '127.0.0.1', address: '127.0.0.1', port: forward.bindPort } },
    })
  })
})

async function saved(id: string) {
  const { phase: _, connections: __, received: ___, sent: ____, trouble: _____, ...tunnel } = await state(id, () => true)
  return tunnel
}

/** A connection each: nothing is kept alive. */
async function fetchText(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
  return response.text()
}

async function breakOff(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  await once(socket, 'connect')
  socket.write('GET /big HTTP/1.1\r\nHost: here\r\n\r\n')
  await once(socket, 'data')
  socket.resetAndDestroy()
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length
}

/** True once its figures were told three times over without change. */
function stoppedGrowing(): (tunnel: TunnelState) => boolean {
  let last = -1
  let same = 0
  return ({ sent }) => {
    same = sent === last ? same + 1 : 0
    last = sent
    return same >= 3
  }
}

/** As when a network goes away: the server's children that serve the connections end. */
async function killConnections(): Promise<void> {
  const { stdout } = await run('pgrep', ['-P', String(host.sshd.pid)])
  for (const pid of stdout.trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
}
