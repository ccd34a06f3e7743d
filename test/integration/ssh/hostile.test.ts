import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ServerChannel, type Connection as ServerConnection } from 'ssh2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Connection } from '../../../core/ssh/connect.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey } from './connecting.ts'

/** Servers that do what no honest one does: each ends in a sentence, and leaves no socket, timer or listener behind. */
const soon = { dialMs: 5_000, answerMs: 300 }
let servers: { stop(): void }[] = []
let before = 0
beforeEach(() => {
  before = handles()
})
afterEach(async () => {
  for (const server of servers) server.stop()
  servers = []
  await vi.waitFor(() => expect(handles()).toBeLessThanOrEqual(before), 5_000)
})

function handles(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length
}

/** `stop` takes the listener alone: sockets have to be gone because the client let go of them. */
async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  servers.push({ stop: () => server.close() })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

/** As fast as the other side takes it, until that is gone. */
function endless(socket: Socket, bytes: Buffer | string) {
  const pour = () => {
    while (!socket.destroyed && socket.write(bytes));
  }
  socket.on('drain', pour)
  pour()
}

/** A packet before there are keys (RFC 4253, 6). */
function packet(payload: Buffer, claimed?: number): Buffer {
  const padding = 8 - ((payload.length + 5) % 8) + 8
  const head = Buffer.alloc(5)
  head.writeUInt32BE(claimed ?? payload.length + padding + 1)
  head[4] = padding
  return Buffer.concat([head, payload, Buffer.alloc(padding)])
}
function disconnect(code: number, message: string): Buffer {
  const words = Buffer.from(message)
  const head = Buffer.alloc(9)
  head[0] = 1
  head.writeUInt32BE(code, 1)
  head.writeUInt32BE(words.length, 5)
  return Buffer.concat([head, words, Buffer.alloc(4)])
}
const IGNORE = packet(Buffer.concat([Buffer.from([2, 0, 0, 3, 232]), Buffer.alloc(1_000)]))
const NAME = 'SSH-2.0-Hostile\r\n'

describe('before the login, a server that', () => {
  const cases: Record<string, [(socket: Socket) => void, object]> = {
    'sends a line without an end in place of its name': [
      (socket) => endless(socket, 'x'.repeat(1_000)),
      { code: 'SSH_PROTOCOL', details: { problem: 'not-ssh' } },
    ],
    'sends lines without an end before its name': [
      (socket) => endless(socket, 'Welcome!\r\n'.repeat(100)),
      { code: 'SSH_PROTOCOL', details: { problem: 'not-ssh' } },
    ],
    'has a name without an end': [
      (socket) => endless(socket, `${NAME.trim()}${'y'.repeat(1_000)}`),
      { code: 'SSH_PROTOCOL', details: { problem: 'not-ssh' } },
    ],
    'sends a packet larger than any may be': [
      (socket) => {
        socket.write(NAME)
        endless(socket, packet(Buffer.alloc(1_000, 20), 0x7fffffff))
      },
      { code: 'SSH_PROTOCOL', details: { problem: 'handshake' } },
    ],
    'sends noise after its name': [
      (socket) => {
        socket.write(NAME)
        endless(socket, Buffer.alloc(4_096, 0xa5))
      },
      { code: 'SSH_PROTOCOL', details: { problem: 'handshake' } },
    ],
    'floods with packets that mean nothing': [
      (socket) => {
        socket.write(NAME)
        endless(socket, Buffer.concat(Array.from({ length: 50 }, () => IGNORE)))
      },
      { code: 'SSH_PROTOCOL', details: { problem: 'endless' } },
    ],
    'says a little now and then, and never gets anywhere': [
      (socket) => {
        socket.write(NAME)
        const drip = setInterval(() => socket.write(IGNORE), 50)
        socket.once('close', () => clearInterval(drip))
      },
      { code: 'SSH_PROTOCOL', details: { problem: 'endless' } },
    ],
    'closes its half and waits': [(socket) => socket.end(NAME), { code: 'CONNECTION_LOST', details: { reason: 'closed' } }],
    resets: [
      (socket) => socket.write(NAME, () => socket.once('data', () => socket.resetAndDestroy())),
      { code: 'CONNECTION_LOST', details: { reason: 'reset' } },
    ],
    'says goodbye with escape sequences': [
      (socket) => socket.end(Buffer.concat([Buffer.from(NAME), packet(disconnect(12, '\x1b]0;pwned\x07go \x1b[31maway\x1b[0m\u202e'))])),
      { code: 'CONNECTION_LOST', details: { reason: 'closed', said: 'go away' } },
    ],
  }
  test.each(Object.entries(cases))('%s', async (_, [answer, wanted]) => {
    const port = await listen((socket) => {
      socket.resume()
      answer(socket)
    })
    expect(await failureOf(connect(options(port, { patience: soon })))).toMatchObject(wanted)
  })
})

const folder = mkdtempSync(join(tmpdir(), 'mooring-hostile-'))
let key: TestKey
let sshd: Sshd
beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  sshd = await startSshd({ authorizedKeys: [key.publicKey] })
})
afterAll(async () => {
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The real server, of which only so many bytes come through before something happens. */
function throughTo(bytes: number, then: (near: Socket) => void): Promise<number> {
  return listen((near) => {
    const far = dial(sshd.port, '127.0.0.1')
    let left = bytes
    near.pipe(far)
    near.once('close', () => far.destroy())
    far.on('error', () => near.destroy())
    far.on('data', (chunk) => {
      near.write(chunk.subarray(0, left))
      if (chunk.length < left) left -= chunk.length
      else {
        far.removeAllListeners('data').pause()
        then(near)
      }
    })
  })
}

/** What the server says until a login has succeeded and a shell is open: its name is about 40 bytes, its lists a thousand. */
const STAGES = { 'its name': 10, 'its lists': 300, 'the key exchange': 1_150, 'the new keys': 1_500, 'the login': 1_680 }

describe('in the middle of', () => {
  for (const [stage, bytes] of Object.entries(STAGES)) {
    const login = () => ({ users: [sshd.user], keys: [plainKey(key)], patience: soon })
    test(`${stage}, a server that falls silent is given up`, async () => {
      const port = await throughTo(bytes, () => undefined)
      const { code } = await failureOf(connect(options(port, login())))
      expect(code).toBe(stage === 'its name' ? 'HOST_UNREACHABLE' : 'SSH_PROTOCOL')
    })
    test(`${stage}, a server that vanishes is told`, async () => {
      const port = await throughTo(bytes, (near) => near.destroy())
      expect((await failureOf(connect(options(port, login())))).code).toBe(stage === 'its name' ? 'HOST_UNREACHABLE' : 'CONNECTION_LOST')
    })
    test(`${stage}, a server that goes on with noise is told`, async () => {
      const port = await throughTo(bytes, (near) => endless(near, Buffer.alloc(4_096, 0xa5)))
      const { code } = await failureOf(connect(options(port, login())))
      expect(['SSH_PROTOCOL', 'CONNECTION_LOST']).toContain(code)
    })
  }
})

/** Lets everybody in, and does the rest as it is told. */
async function startServer(onShell: (connection: ServerConnection, channel: ServerChannel, socket: Socket) => void): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [key.text] }, () => undefined)
  return listen((socket) => {
    server.injectSocket(socket)
    server.once('connection', (connection) => {
      connection.on('error', () => undefined)
      connection.on('authentication', (context) => context.accept())
      connection.on('session', (accept) => {
        const session = accept()
        session.on('pty', (acceptPty) => acceptPty?.())
        session.on('shell', (acceptShell) => {
          const channel = acceptShell()
          channel.once('data', () => onShell(connection, channel, socket))
        })
      })
    })
  })
}

interface ServersOwn {
  readonly _protocol: { channelData(id: number, data: Buffer): void; disconnect(reason: number): void; ping(): void }
}

describe('after the login, a server that', () => {
  let connection: Connection
  async function open(port: number): Promise<Connection> {
    connection = await connect(options(port, { patience: soon, keepAlive: { intervalMs: 200, misses: 3 } }))
    const shell = await connection.openShell({ size: { cols: 80, rows: 24 } })
    shell.stream.pause()
    shell.stream.write('begin')
    return connection
  }
  const cases: Record<string, [Parameters<typeof startServer>[0], object]> = {
    'sends far more than it was allowed to is cut off before it fills the memory': [
      (connection, channel, socket) => {
        const { _protocol } = connection as unknown as ServersOwn
        const id = (channel as unknown as { outgoing: { id: number } }).outgoing.id
        const chunk = Buffer.alloc(32_000)
        const pour = () => {
          for (let sent = 0; sent < 32 && !socket.destroyed; sent++) _protocol.channelData(id, chunk)
          if (!socket.destroyed) setImmediate(pour)
        }
        pour()
      },
      { reason: 'protocol' },
    ],
    'asks and asks and takes no answer': [
      (connection, _channel, socket) => {
        const { _protocol } = connection as unknown as ServersOwn
        socket.pause()
        const pour = () => {
          for (let sent = 0; sent < 5_000 && !socket.destroyed; sent++) _protocol.ping()
          if (!socket.destroyed) setImmediate(pour)
        }
        pour()
      },
      { reason: 'timeout' },
    ],
    'goes on with noise': [(_connection, _channel, socket) => void endless(socket, Buffer.alloc(4_096, 0xa5)), { reason: 'protocol' }],
    'closes its half': [(_connection, _channel, socket) => void socket.end(), { reason: 'closed' }],
    resets: [(_connection, _channel, socket) => void socket.resetAndDestroy(), { reason: 'reset' }],
  }
  test.each(Object.entries(cases))('%s', async (_, [onShell, details]) => {
    const { closed } = await open(await startServer(onShell))
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST', details })
    expect(connection.raw.listenerCount('error')).toBeLessThan(4)
  })
})
