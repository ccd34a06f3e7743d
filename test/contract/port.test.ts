import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { fromMessagePort, fromMessagePortMain, fromWebSocket, type Port, type PortMessage } from '../../contract/port.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function messageChannel(): Promise<[Port, Port]> {
  const { port1, port2 } = new MessageChannel()
  // Node's port is DOM-like; its emitter side hands over the bare value where Electron's hands over an event.
  const main = {
    on: (event: string, listener: (event: { data: unknown }) => void) => port2.on(event, (data) => listener({ data })),
    postMessage: (message: unknown) => port2.postMessage(message),
    start: () => port2.start(),
    close: () => port2.close(),
  }
  return [fromMessagePort(port1 as never), fromMessagePortMain(main)]
}

async function webSocket(): Promise<[Port, Port]> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const client = fromWebSocket(new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`))
  client.post('sent before it is open')
  const [socket] = await accepted
  closers.push(() => server.close())
  return [client, fromWebSocket(socket)]
}

function next(port: Port): Promise<PortMessage> {
  return new Promise((resolve) => port.onMessage(resolve))
}

describe.each([
  ['MessagePort', messageChannel],
  ['WebSocket', webSocket],
])('a port made from a %s', (kind, connect) => {
  test('carries text and bytes both ways, in order', async () => {
    const [a, b] = await connect()
    closers.push(() => a.close())
    const received: PortMessage[] = []
    const all = new Promise<void>((resolve) => b.onMessage((message) => received.push(message) && message === 'end' && resolve()))
    a.post('text')
    a.post(new Uint8Array([1, 2, 3]))
    a.post('end')
    await all
    const early = kind === 'WebSocket' ? ['sent before it is open'] : []
    expect(received.map((message) => (typeof message === 'string' ? message : [...message]))).toEqual([...early, 'text', [1, 2, 3], 'end'])
  })

  test('sends only the bytes of a view into a larger buffer', async () => {
    const [a, b] = await connect()
    closers.push(() => a.close())
    const large = new Uint8Array(1000).fill(7)
    b.post(large.subarray(10, 12))
    const message = (await next(a)) as Uint8Array
    expect([message.byteLength, message.buffer.byteLength]).toEqual([2, 2])
  })

  test('tells both sides of a close once, and drops what is posted after it', async () => {
    const [a, b] = await connect()
    let closes = 0
    const closed = new Promise<void>((resolve) => b.onClose(resolve))
    a.onClose(() => closes++)
    a.close()
    a.close()
    await closed
    a.post('too late')
    b.post('too late')
    expect(closes).toBe(1)
  })
})
