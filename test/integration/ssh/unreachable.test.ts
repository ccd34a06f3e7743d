import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { dial } from '../../../core/ssh/dial.ts'
import { openSilentPort } from '../../../demo/ssh/silent-port.ts'
import { type Sshd, startSshd } from '../../support/sshd.ts'
import { connect, failureOf, options } from './connecting.ts'

let servers: Server[] = []
let sockets: Socket[] = []
let sshd: Sshd | undefined
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  await sshd?.stop()
  servers = []
  sockets = []
  sshd = undefined
})

/** A port where anything may answer. */
async function listen(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    answer(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const soon = { dialMs: 5_000, answerMs: 200 }

test('a port that nobody listens on is refused', async () => {
  const port = await listen(() => undefined)
  await new Promise((resolve) => servers.pop()?.close(resolve))
  expect(await failureOf(connect(options(port)))).toEqual({
    code: 'HOST_UNREACHABLE',
    details: { address: '127.0.0.1', port, reason: 'refused' },
  })
})

test('a name that nobody knows is an unknown name', async () => {
  const failure = await failureOf(connect(options(22, { address: 'no-such-host.invalid' })))
  expect(failure).toMatchObject({ code: 'HOST_UNREACHABLE', details: { reason: 'unknown-name' } })
})

test('a name with addresses of both families is reached by the one that answers, however dead the other is', async () => {
  const silent = await openSilentPort()
  const dead = { address: '127.0.0.1', family: 4 }
  const alive = createServer((socket) => socket.end())
  servers.push(alive)
  await new Promise<void>((resolve) => alive.listen(silent.port, '::1', resolve))
  const o = { timeoutMs: 5_000, signal: new AbortController().signal }
  const both = async () => [dead, { address: '::1', family: 6 }]
  const socket = await dial({ address: 'both.example', port: silent.port }, { ...o, addressesOf: both })
  expect(socket.remoteAddress).toBe('::1')
  socket.destroy()
  const nobody = async () => [{ address: '::1', family: 6 }, dead]
  alive.close()
  const failure = await failureOf(dial({ address: 'none.example', port: silent.port }, { ...o, timeoutMs: 600, addressesOf: nobody }))
  expect(failure).toMatchObject({ code: 'HOST_UNREACHABLE', details: { address: 'none.example', reason: 'timeout' } })
  await silent.close()
})

test('a server that is slow with its name is waited for, and that is said', async () => {
  const port = await listen(() => undefined)
  const o = options(port, { patience: { dialMs: 5_000, answerMs: 1_300 } })
  await failureOf(connect(o))
  expect(o.steps.at(-1)).toEqual({ step: 'waiting', outcome: 'doing', params: {} })
})

test('a server that takes the connection and says nothing has no banner', async () => {
  const port = await listen(() => undefined)
  const failure = await failureOf(connect(options(port, { patience: soon })))
  expect(failure).toMatchObject({ code: 'HOST_UNREACHABLE', details: { reason: 'no-banner' } })
})

test('a server that hangs up without a word has no banner', async () => {
  const port = await listen((socket) => socket.end())
  expect(await failureOf(connect(options(port)))).toMatchObject({ code: 'HOST_UNREACHABLE', details: { reason: 'no-banner' } })
})

test('a server that resets the connection is told apart', async () => {
  const port = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
  expect(await failureOf(connect(options(port)))).toMatchObject({ code: 'HOST_UNREACHABLE', details: { reason: 'reset' } })
})

test('something else than an SSH server is named so', async () => {
  const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n'.repeat(2_000)))
  expect(await failureOf(connect(options(port)))).toEqual({
    code: 'SSH_PROTOCOL',
    details: { host: `127.0.0.1:${port}`, problem: 'not-ssh' },
  })
})

test('a server that falls silent after its name is given up', async () => {
  const port = await listen((socket) => socket.write('SSH-2.0-Tarpit\r\n'))
  const o = options(port, { patience: soon })
  expect(await failureOf(connect(o))).toEqual({ code: 'SSH_PROTOCOL', details: { host: `127.0.0.1:${port}`, problem: 'silent' } })
  expect(o.steps).toContainEqual({ step: 'server', outcome: 'ok', params: { software: 'Tarpit' } })
})

test('a server that sends rubbish after its name broke the protocol', async () => {
  const port = await listen((socket) => socket.write(`SSH-2.0-Broken\r\n${'x'.repeat(64)}`))
  expect(await failureOf(connect(options(port)))).toMatchObject({ code: 'SSH_PROTOCOL', details: { problem: 'handshake' } })
})

test.each([
  ['kex', 'KexAlgorithms diffie-hellman-group14-sha1', 'diffie-hellman-group14-sha1'],
  ['cipher', 'Ciphers aes128-cbc', 'aes128-cbc'],
  ['host-key', 'HostKeyAlgorithms ssh-rsa', 'ssh-rsa'],
])('no common %s is named with what the host has', async (what, line, theirs) => {
  sshd = await startSshd({ hostKeys: ['rsa'], config: [line] })
  const failure = await failureOf(connect(options(sshd.port)))
  expect(failure).toMatchObject({ code: 'SSH_NO_COMMON_ALGORITHM', details: { host: `127.0.0.1:${sshd.port}`, what } })
  expect(failure.code === 'SSH_NO_COMMON_ALGORITHM' && failure.details.theirs).toContain(theirs)
})

test('a host without GCM and curve25519 is reached with what it has', async () => {
  const config = ['KexAlgorithms ecdh-sha2-nistp256,diffie-hellman-group14-sha256', 'Ciphers aes256-ctr', 'MACs hmac-sha2-512']
  sshd = await startSshd({ config })
  const failure = await failureOf(connect(options(sshd.port)))
  expect(failure.code).toBe('AUTHENTICATION_FAILED')
})
