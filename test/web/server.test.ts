import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { contentSecurityPolicy } from '../../contract/content-security-policy.ts'
import { fromWebSocket, type Port, type PortMessage } from '../../contract/port.ts'
import { servePageFiles } from '../../web/page-files.ts'
import { startWebServer, type WebServer } from '../../web/server.ts'
import { rawRequest } from './raw-http.ts'

let folder: string
let server: WebServer
let port: number
const accepted: { channel: string; port: Port }[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-page-'))
  await writeFile(join(folder, 'index.html'), '<title>Mooring</title>')
  await writeFile(`${folder}-secret`, 'a neighbour of the page')
  accepted.length = 0
  server = await startWebServer({
    port: 0,
    page: servePageFiles(folder),
    accept: (channel, port) => {
      accepted.push({ channel, port })
      port.onMessage((message) => port.post(message))
    },
  })
  port = Number(new URL(server.origin).port)
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
  await rm(`${folder}-secret`)
})

async function signIn(): Promise<string> {
  const response = await fetch(server.address(), { redirect: 'manual' })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** A request as a browser that signed in sends it, with what the test changes. */
async function request(changes: { target?: string; method?: string; headers?: Record<string, string | undefined> }) {
  const headers: Record<string, string | undefined> = {
    Host: `127.0.0.1:${port}`,
    Cookie: await signIn(),
    Connection: 'close',
    ...changes.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return rawRequest(port, [`${changes.method ?? 'GET'} ${changes.target ?? '/'} HTTP/1.1`, ...lines])
}

function upgrade(changes: { target?: string; headers?: Record<string, string | undefined> }) {
  return request({
    target: changes.target ?? '/channel/control',
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      Origin: server.origin,
      ...changes.headers,
    },
  })
}

describe('the printed address', () => {
  test('is exchanged for a cookie that no script reads and no other site sends, and is gone from the address bar', async () => {
    const address = new URL(server.address())
    const answer = await rawRequest(port, [
      `GET ${address.pathname}${address.search} HTTP/1.1`,
      `Host: ${address.host}`,
      'Connection: close',
    ])
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toMatch(new RegExp(`^mooring-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  })

  test('is refused the second time', async () => {
    const address = server.address()
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303)
    const second = await fetch(address, { redirect: 'manual' })
    expect([second.status, second.headers.get('set-cookie')]).toEqual([403, null])
  })

  test('is refused with another token', async () => {
    expect((await fetch(`${server.origin}/?token=guess`, { redirect: 'manual' })).status).toBe(403)
  })

  test('is not used up by a request that is refused', async () => {
    const address = new URL(server.address())
    const rebound = ['GET', `${address.pathname}${address.search}`].join(' ')
    expect((await rawRequest(port, [`${rebound} HTTP/1.1`, 'Host: evil.example', 'Connection: close'])).status).toBe(421)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('the page', () => {
  test('is served to whoever signed in, with a strict policy and never stored', async () => {
    const answer = await request({})
    expect([answer.status, answer.body]).toEqual([200, '<title>Mooring</title>'])
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'")
    expect(contentSecurityPolicy).not.toMatch(/script-src[^;]*'unsafe/)
  })

  test.each([
    ['without the cookie', { headers: { Cookie: undefined } }, 401],
    ['with a wrong cookie', { headers: { Cookie: 'mooring-1=guess' } }, 401],
    ['under a name that was rebound to 127.0.0.1', { headers: { Host: 'evil.example' } }, 421],
    ['under a rebound name with our port', { headers: { Host: 'evil.example:1' } }, 421],
    ['without a host', { headers: { Host: undefined } }, 400],
    ['to a page on another origin', { headers: { Origin: 'http://evil.example' } }, 403],
    ['to a page on another port of this machine', { headers: { Origin: 'http://127.0.0.1:1' } }, 403],
    ['to a page without an origin (a sandboxed frame)', { headers: { Origin: 'null' } }, 403],
    ['as an image on another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
    ['by another method', { method: 'POST' }, 405],
    ['by a method that is none', { method: 'DELETE' }, 405],
    ['through us as a proxy', { target: 'http://evil.example/' }, 400],
    ['as a star', { method: 'GET', target: '*' }, 400],
    ['beyond the folder', { target: '/../../etc/passwd' }, 404],
    ['beyond the folder, encoded', { target: '/%2e%2e/%2e%2e/etc/passwd' }, 404],
    ['beyond the folder, slashes encoded', { target: '/..%2f..%2fetc%2fpasswd' }, 404],
    ['beyond the folder, with backslashes', { target: '/..%5c..%5cetc' }, 404],
    ['cut off by a zero byte', { target: '/index.html%00.png' }, 404],
    ['with a broken escape', { target: '/%ff' }, 404],
    ['as a folder', { target: '/.' }, 200],
    ['as a file that is not there', { target: '/missing.js' }, 404],
  ])('%s', async (_, changes, status) => {
    const answer = await request(changes)
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('root:')
    if (status !== 200) expect(answer.body).not.toContain('<title>')
  })

  test('does not reach a folder whose name begins like the page’s', async () => {
    const name = folder.split('/').at(-1)
    expect((await request({ target: `/..%2f${name}-secret` })).status).toBe(404)
  })
})

describe('a channel', () => {
  test('is a port to the core, for text and bytes', async () => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/channel/terminal/t-1`, {
      headers: { cookie: await signIn() },
      origin: server.origin,
    })
    const client = fromWebSocket(socket)
    client.post('text')
    client.post(new Uint8Array([0, 255]))
    const messages = await collect(client, 2)
    expect(messages).toEqual(['text', new Uint8Array([0, 255])])
    expect(accepted.map(({ channel }) => channel)).toEqual(['terminal/t-1'])
    const closed = new Promise<void>((resolve) => accepted[0]?.port.onClose(resolve))
    client.close()
    await closed
  })

  test.each([
    ['without the cookie', { headers: { Cookie: undefined } }, 401],
    ['from a page on another origin', { headers: { Origin: 'http://evil.example' } }, 403],
    ['from what says no origin', { headers: { Origin: undefined } }, 403],
    ['under a rebound name', { headers: { Host: 'evil.example', Origin: 'http://evil.example' } }, 421],
    ['that does not exist', { target: '/channel/anything' }, 404],
    ['with a path in its id', { target: '/channel/terminal/..%2fcontrol' }, 404],
    ['with the token instead of the cookie', { target: '/channel/control?token=x', headers: { Cookie: undefined } }, 401],
  ])('is refused %s', async (_, changes, status) => {
    expect((await upgrade(changes)).status).toBe(status)
    expect(accepted).toEqual([])
  })

  test('opens as a browser asks for it', async () => {
    expect((await upgrade({})).status).toBe(101)
  })

  test('is closed when a message is larger than any that the page sends', async () => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/channel/control`, {
      headers: { cookie: await signIn() },
      origin: server.origin,
    })
    const code = new Promise((resolve) => socket.on('close', resolve))
    socket.on('open', () => socket.send(Buffer.alloc(65 * 1024 * 1024)))
    expect(await code).toBe(1009)
  })

  test('is refused when far more are open than anybody needs', async () => {
    const headers = { cookie: await signIn() }
    const url = `${server.origin.replace('http', 'ws')}/channel/control`
    const sockets = Array.from({ length: 512 }, () => new WebSocket(url, { headers, origin: server.origin }))
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.on('open', resolve))))
    expect((await upgrade({})).status).toBe(503)
    for (const socket of sockets) socket.terminate()
  })

  test('is closed with the server', async () => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/channel/control`, {
      headers: { cookie: await signIn() },
      origin: server.origin,
    })
    await new Promise((resolve) => socket.on('open', resolve))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    await server.close()
    await closed
    server = await startWebServer({ port: 0, page: servePageFiles(folder), accept: () => {} })
  })
})

test('listens on this machine only', async () => {
  expect(new URL(server.origin).hostname).toBe('127.0.0.1')
  await expect(fetch(`http://[::1]:${port}/`)).rejects.toThrow()
})

test('a port that is taken is a failure, not another port', async () => {
  await expect(startWebServer({ port, page: () => {}, accept: () => {} })).rejects.toThrow('EADDRINUSE')
})

async function collect(port: Port, count: number): Promise<PortMessage[]> {
  const messages: PortMessage[] = []
  return new Promise((resolve) =>
    port.onMessage((message) => {
      messages.push(message)
      if (messages.length === count) resolve(messages)
    }),
  )
}
