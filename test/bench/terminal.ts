import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import playwright from '../../playwright.config.ts'
import { type App, startApp } from '../support/app.ts'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { inTurn, percentile, type Row } from './row.ts'

const LOG_BYTES = 16 * 1024 * 1024
const FRAME_MS = 1000 / 60

/** Plain log lines, as `cat` of a server's log prints them. */
function logLines(): Buffer {
  const lines: string[] = []
  for (let bytes = 0, line = 0; bytes < LOG_BYTES; line++) {
    const text = `Nov 23 09:${String(line % 60).padStart(2, '0')}:12 web-1 app[${1000 + (line % 997)}]: GET /items/${line} 200 ${line % 89} ms\n`
    lines.push(text)
    bytes += text.length
  }
  return Buffer.from(lines.join(''))
}

export async function launch(): Promise<Browser> {
  return chromium.launch(playwright.use?.launchOptions)
}

/** The app's page with a terminal on a real sshd, opened as a person opens it. */
async function openPage(browser: Browser, app: App, host: KnownHost): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(watchSockets)
  await page.goto(app.address)
  await openTerminal(page, host)
  return page
}

async function openTerminal(page: Page, host: KnownHost): Promise<void> {
  const { user, port } = host.sshd
  const terminals = page.getByRole('region', { name: /^Terminal / })
  const before = await terminals.count()
  await page.keyboard.press('Control+K')
  await page.getByRole('searchbox').last().fill(`${user}@127.0.0.1:${port}`)
  await page.keyboard.press('Enter')
  await page.waitForFunction((count) => document.querySelectorAll('[aria-label^="Terminal "] .xterm-rows').length > count, before)
  await terminals.last().getByText('ready>').first().waitFor()
}

/** In the page: `window.bench.sent(byte)` and when the page has acknowledged, that is parsed, a message with that byte in it. */
function watchSockets() {
  const bench = { key: 0, sentAt: 0, done: (_ms: number) => {} }
  Object.assign(window, { bench })
  const send = WebSocket.prototype.send
  const seen = new WeakSet<WebSocket>()
  const holding = new WeakSet<WebSocket>()
  WebSocket.prototype.send = function (data) {
    if (!seen.has(this)) {
      seen.add(this)
      this.addEventListener('message', ({ data: message }) => {
        if (bench.key && message instanceof ArrayBuffer && new Uint8Array(message).includes(bench.key)) holding.add(this)
      })
    }
    if (typeof data === 'string') {
      if (holding.delete(this)) bench.done(performance.now() - bench.sentAt)
    } else if (bench.key && new Uint8Array(data as ArrayBuffer)[0] === bench.key) bench.sentAt = performance.now()
    return send.call(this, data)
  }
}

/** Keys that no log line has; each is echoed by the pty into the flood. */
async function keyRoundTrips(page: Page, keys: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < keys; i++) {
    const key = '@^~|'[i % 4] ?? '@'
    const answered = page.evaluate((code) => {
      const { bench } = window as unknown as { bench: { key: number; done: (ms: number) => void } }
      return new Promise<number>((resolve) => {
        bench.key = code
        bench.done = resolve
      })
    }, key.charCodeAt(0))
    await page.keyboard.press(key)
    times.push(await answered)
  }
  return times
}

async function inMemory(browser: Browser, bytes: Buffer): Promise<() => Promise<number>> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const require = createRequire(import.meta.url)
  await page.setContent('<div id="terminal" style="width: 1000px; height: 720px"></div>')
  await page.addScriptTag({ content: await readFile(require.resolve('@xterm/xterm'), 'utf8') })
  await page.addStyleTag({ content: await readFile(require.resolve('@xterm/xterm/css/xterm.css'), 'utf8') })
  await page.evaluate((base64) => {
    const log = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const { Terminal } = window as unknown as {
      Terminal: new (options: object) => { open(element: Element | null): void; write(data: Uint8Array, done: () => void): void }
    }
    const terminal = new Terminal({ cols: 120, rows: 40, scrollback: 10_000 })
    terminal.open(document.querySelector('#terminal'))
    Object.assign(window, {
      async measure() {
        const startedAt = performance.now()
        for (let at = 0; at < log.length; at += 65_536)
          await new Promise<void>((done) => terminal.write(log.subarray(at, at + 65_536), done))
        return performance.now() - startedAt
      },
    })
  }, bytes.toString('base64'))
  return async () => {
    await page.bringToFront()
    const ms = await page.evaluate(() => (window as unknown as { measure(): Promise<number> }).measure())
    return bytes.byteLength / 1e6 / (ms / 1000)
  }
}

export const rows: Row[] = [
  {
    id: 'terminal-throughput',
    what: 'sshd to parsed in the page, plain log lines through a pty, against the same bytes from memory into xterm.js',
    budget: 0.4,
    better: 'higher',
    unit: 'MB/s',
    async measure() {
      const [host, browser] = [await startKnownHost(), await launch()]
      const app = await startApp({ home: host.home })
      const bytes = logLines()
      writeFileSync(join(host.home, 'log'), bytes)
      const page = await openPage(browser, app, host)
      const peer = await inMemory(browser, bytes)
      let run = 0
      const result = await inTurn(
        5,
        async () => {
          await page.bringToFront()
          run += 1
          await page.getByRole('textbox', { name: 'Terminal input' }).focus()
          await page.keyboard.type(`cat ${join(host.home, 'log')}; echo end-$((${run}+0))-`)
          const ended = page.evaluate(
            (wanted) =>
              new Promise<number>((resolve) => {
                const startedAt = performance.now()
                const rows = document.querySelector('.xterm-rows')
                const watch = () => rows?.textContent?.includes(wanted) && resolve(performance.now() - startedAt)
                new MutationObserver(watch).observe(rows ?? document, { childList: true, subtree: true, characterData: true })
              }),
            `end-${run}-`,
          )
          await page.keyboard.press('Enter')
          return bytes.byteLength / 1e6 / ((await ended) / 1000)
        },
        peer,
      )
      await browser.close()
      await app.stop()
      await host.remove()
      return result
    },
  },
  {
    id: 'echo-flood',
    what: "a key's round trip, p95, while this and another terminal flood, against two frames of 60 Hz",
    budget: 1,
    better: 'lower',
    unit: 'ms',
    async measure() {
      const [host, browser] = [await startKnownHost(), await launch()]
      const app = await startApp({ home: host.home })
      const page = await openPage(browser, app, host)
      const flood = 'while :; do cat flood; done'
      const bytes = logLines().subarray(0, 1024 * 1024)
      writeFileSync(join(host.home, 'flood'), bytes)
      for (let terminal = 0; terminal < 2; terminal++) {
        if (terminal > 0) await openTerminal(page, host)
        await page.keyboard.type(`cd ${host.home}; ${flood}\n`)
        await page
          .getByRole('region', { name: /^Terminal / })
          .last()
          .getByText('GET /items')
          .first()
          .waitFor()
      }
      const ours: number[] = []
      for (let run = 0; run < 5; run++) ours.push(percentile(await keyRoundTrips(page, 60), 0.95))
      await browser.close()
      await app.stop()
      await host.remove()
      return { ours, peer: [2 * FRAME_MS] }
    },
  },
]
