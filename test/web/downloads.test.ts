import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BrowserDownload } from '../../core/transfers/browser-downloads.ts'
import { serveDownloads } from '../../web/downloads.ts'
import { startWebServer, type WebServer } from '../../web/server.ts'

let server: WebServer
/** By their tokens; each can be had once. */
let offered: Map<string, () => BrowserDownload>

beforeEach(async () => {
  offered = new Map()
  const openDownload = async (token: string) => {
    const open = offered.get(token)
    offered.delete(token)
    return open?.()
  }
  server = await startWebServer({
    port: 0,
    page: serveDownloads({ openDownload }, (pathname, response) => response.end(`page ${pathname}`)),
    accept: (_, port) => port.close(),
  })
})
afterEach(() => server.close())

async function get(path: string, { method = 'GET', signedIn = true } = {}) {
  const signIn = await fetch(server.address(), { redirect: 'manual' })
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return fetch(server.origin + path, { method, headers: signedIn ? { cookie } : {} })
}

function offer(name: string, text: string) {
  offered.set('abc', () => ({ name, size: text.length, stream: Readable.from([Buffer.from(text)]) }))
}

test('a file is sent whole, under its own name, and never shown in the page', async () => {
  offer('größe "1".txt', 'content')
  const response = await get('/download/abc')
  expect([response.status, await response.text()]).toEqual([200, 'content'])
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '7',
    'content-disposition': `attachment; filename="gr__e _1_.txt"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.txt`,
    'x-content-type-options': 'nosniff',
  })
})

test.each([['a\r\nSet-Cookie: x=y'], ['\u0000'], ['\ud800'], ["'()*"], ['漢'.repeat(80)]])('the name %j breaks no header', async (name) => {
  offer(name, 'content')
  const response = await get('/download/abc')
  expect([response.status, response.headers.get('set-cookie'), await response.text()]).toEqual([200, null, 'content'])
})

test('an address is good for one download, and only with the cookie', async () => {
  offer('file', 'content')
  expect((await get('/download/abc', { signedIn: false })).status).toBe(401)
  expect((await get('/download/abc', { method: 'HEAD' })).status).toBe(200)
  expect((await get('/download/abc')).status).toBe(200)
  expect((await get('/download/abc')).status).toBe(404)
})

test('a file that cannot be had is no empty file', async () => {
  offered.set('abc', () => {
    throw new Error('no')
  })
  expect((await get('/download/abc')).status).toBe(502)
})

test('a file that breaks off in the middle is not taken for whole', async () => {
  async function* broken() {
    yield Buffer.alloc(1000)
    throw new Error('lost')
  }
  offered.set('abc', () => ({ name: 'file', size: 5_000, stream: Readable.from(broken()) }))
  const response = await get('/download/abc')
  await expect(response.arrayBuffer()).rejects.toThrow()
})

test('everything else is the page’s', async () => {
  expect(await (await get('/download/../index.html')).text()).toBe('page /index.html')
})
