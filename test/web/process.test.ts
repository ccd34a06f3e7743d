import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { fromWebSocket } from '../../contract/port.ts'
import { type App, startApp } from '../support/app.ts'
import { openPage } from '../support/core.ts'

let home: string
const running: App[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mooring-home-'))
})
afterEach(async () => {
  for (const app of running.splice(0)) await app.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<App> {
  const app = await startApp({ home })
  running.push(app)
  return app
}

/** What the process says when it does not start. */
async function refusal(...args: string[]) {
  const main = join(import.meta.dirname, '../../web/main.ts')
  const child = spawn(process.execPath, [main, '--no-open', '--data-folder', join(home, 'data'), ...args], { env: { HOME: home } })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = await once(child, 'close')
  return { code, said: said.trim() }
}

test('whoever opens the printed address is in the app', async () => {
  const { address } = await start()
  const { origin } = new URL(address)
  const response = await fetch(address, { redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = openPage((channel) =>
    fromWebSocket(new WebSocket(`${origin.replace('http', 'ws')}/channel/${channel}`, { origin, headers: { cookie } })),
  )
  expect(await page.client.app.info()).toMatchObject({
    name: 'Mooring',
    host: 'browser',
    canChooseFiles: false,
    canOpenFiles: false,
    restarted: false,
  })
  page.close()
}, 30_000)

test.each(['SIGINT', 'SIGTERM'] as const)(
  'ends cleanly at %s',
  async (signal) => {
    const app = await start()
    const ended = once(app.process, 'exit')
    app.process.kill(signal)
    expect(await ended).toEqual([0, null])
  },
  30_000,
)

test('a port that is taken is said in one line, and nothing is left running', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  expect(await refusal('--port', String(port))).toEqual({ code: 1, said: expect.stringMatching(`^listen EADDRINUSE.*:${port}$`) })
  other.close()
}, 30_000)

test('an option that does not exist is said in one line', async () => {
  expect(await refusal('--prot', '80')).toEqual({ code: 1, said: expect.stringMatching("^Unknown option '--prot'") })
}, 30_000)
