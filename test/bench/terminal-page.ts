import { type Browser, chromium, type Page } from '@playwright/test'
import type { TerminalSize } from '../../contract/byte-stream.ts'
import playwright from '../../playwright.config.ts'
import { startApp } from '../support/app.ts'
import type { KnownHost } from '../support/host.ts'
import { type Cleanup, within } from './row.ts'

const PATIENCE_MS = 30_000

/** The app's page in a real browser, and what its terminals' sockets carry. */
export interface TerminalPage {
  /** Opens a terminal on the host as a person does, and gives it the focus. */
  open(host: KnownHost): Promise<void>
  /** Of the terminal that was opened last. */
  size(): Promise<TerminalSize>
  type(text: string): Promise<void>
  toFront(): Promise<void>
  /** As a person does, by the file's path; returns once its bytes come. The terminal has the focus again. */
  download(path: string): Promise<void>
  /** Presses a key: milliseconds until the page has parsed everything up to the first `answer` that comes after it. */
  parsed(key: string, answer: string): Promise<number>
}

export async function launch(cleanup: Cleanup): Promise<Browser> {
  return cleanup.adopt(await chromium.launch(playwright.use?.launchOptions), (browser) => browser.close())
}

export async function startTerminalPage(browser: Browser, home: string, cleanup: Cleanup): Promise<TerminalPage> {
  const app = cleanup.adopt(await startApp({ home }), (started) => started.stop())
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript(watchSockets)
  await page.goto(app.address)
  return {
    open: (host) => within(PATIENCE_MS, 'open a terminal', openTerminal(page, host)),
    size: () => page.evaluate(() => window.bench.size),
    type: (text) => page.keyboard.type(text),
    toFront: () => page.bringToFront(),
    download: (path) => within(PATIENCE_MS, 'download', download(page, path)),
    async parsed(key, answer) {
      const ended = await page.evaluateHandle((wanted) => ({ ms: window.bench.untilParsed(wanted) }), answer)
      await page.keyboard.press(key)
      const ms = await within(
        PATIENCE_MS,
        `see “${answer}” parsed`,
        ended.evaluate((handle) => handle.ms),
      )
      await ended.dispose()
      return ms
    },
  }
}

async function openTerminal(page: Page, { sshd }: KnownHost): Promise<void> {
  const tabs = await page.getByRole('main').getByRole('tab').count()
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByLabel('Connect to').first().fill(`${sshd.user}@127.0.0.1:${sshd.port}`)
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('tab').nth(tabs).waitFor()
  const terminal = page.getByRole('region', { name: 'Terminal 127.0.0.1' }).filter({ visible: true })
  await terminal.getByText('ready>').first().waitFor()
  await terminal.getByRole('textbox', { name: 'Terminal input' }).focus()
}

async function download(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('dialog', { name: 'Search' }).getByRole('textbox', { name: 'Search' }).fill('Download a file')
  await page.keyboard.press('Enter')
  await page.getByLabel('Path on the host').fill(path)
  await page.keyboard.press('Enter')
  await page
    .getByRole('region', { name: 'Transfers' })
    .getByText(/ [MG]B\/s/)
    .waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('region', { name: 'Terminal 127.0.0.1' }).filter({ visible: true }).click()
}

interface SocketWatch {
  size: TerminalSize
  untilParsed(answer: string): Promise<number>
}
declare global {
  interface Window {
    bench: SocketWatch
  }
}

/** Runs in the page. What the app acknowledges is what xterm.js has parsed; the time begins with the key's own event. */
function watchSockets() {
  interface Counts {
    received: number
    acknowledged: number
    /** The end of what came, because an answer may be cut in two. */
    tail: string
    answeredAt: number
  }
  const counts = new WeakMap<WebSocket, Counts>()
  let answer: string | undefined
  let pressedAt = 0
  let done = (_ms: number) => {}

  addEventListener(
    'keydown',
    (event) => {
      pressedAt = event.timeStamp
    },
    { capture: true },
  )
  function follow(socket: WebSocket): Counts {
    const started: Counts = { received: 0, acknowledged: 0, tail: '', answeredAt: Number.POSITIVE_INFINITY }
    counts.set(socket, started)
    socket.addEventListener('message', ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return
      started.received += data.byteLength
      if (answer === undefined || pressedAt === 0) return
      started.tail = started.tail.slice(-answer.length) + new TextDecoder('latin1').decode(data)
      if (started.answeredAt > started.received && started.tail.includes(answer)) started.answeredAt = started.received
      started.tail = started.tail.slice(-answer.length)
      // What is short has been parsed, and acknowledged, before this listener hears of it.
      finish(started)
    })
    return started
  }
  function finish(count: Counts) {
    if (count.acknowledged < count.answeredAt) return
    count.answeredAt = Number.POSITIVE_INFINITY
    answer = undefined
    done(performance.now() - pressedAt)
  }
  const { send } = WebSocket.prototype
  WebSocket.prototype.send = function (data) {
    if (this.url.includes('/terminal/') && typeof data === 'string') {
      const count = counts.get(this) ?? follow(this)
      const message = JSON.parse(data)
      if (message.kind === 'resize') window.bench.size = { cols: message.cols, rows: message.rows }
      if (message.kind === 'ack') count.acknowledged += message.bytes
      finish(count)
    }
    return send.call(this, data)
  }
  window.bench = {
    size: { cols: 0, rows: 0 },
    untilParsed(wanted) {
      answer = wanted
      pressedAt = 0
      return new Promise((resolve) => {
        done = resolve
      })
    },
  }
}
