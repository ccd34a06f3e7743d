import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { probe } from '../../../core/network/probe.ts'
import { startSshd } from '../../support/sshd.ts'

const signal = new AbortController().signal

async function against(serve: (socket: Socket) => void) {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await probe({ address: '127.0.0.1', port }, signal)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

test('a real sshd is known by its banner', async () => {
  const sshd = await startSshd()
  try {
    expect(await probe({ address: '127.0.0.1', port: sshd.port }, signal)).toEqual({
      kind: 'banner',
      software: expect.stringContaining('OpenSSH'),
    })
  } finally {
    await sshd.stop()
  }
})

test('a banner may come in pieces, and after other lines', async () => {
  expect(
    await against((socket) => {
      socket.write('Welcome\r\nSSH-2.0-')
      setImmediate(() => socket.write('odd_1.0\u001b[31m\r\n'))
    }),
  ).toEqual({ kind: 'banner', software: 'odd_1.0' })
})

test('what is no SSH server, cuts, or is not there is told apart', async () => {
  expect(await against((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))).toEqual({ kind: 'no-banner' })
  expect(await against((socket) => socket.write('x'.repeat(100_000)))).toEqual({ kind: 'no-banner' })
  expect(await against((socket) => socket.resetAndDestroy())).toEqual({ kind: 'reset' })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect(await probe({ address: '127.0.0.1', port }, signal)).toEqual({ kind: 'refused' })
})
