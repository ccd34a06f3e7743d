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
  /** Presses a key that opens another one, so many times. */
  again(key: string, times: number): Promise<void>
  /** The terminal in front waits for a command. */
  ready(): Promise<void>
  /** Of the terminal that was opened last. */
  size(): Promise<TerminalSize>
  type(text: string): Promise<void>
  toFront(): Promise<void>
  /** As a person does, by the file's path; returns once its bytes come. The terminal has the focus again. */
  download(path: string): Promise<void>
  /** Presses a key: milliseconds until the page has parsed everything up to the first `answer` that comes after it. */
  parsed(key: string, answer: string): Promise<number>
  /** Until so many terminals have received so many bytes each. */
  received(terminals: number, bytes: number): Promise<void>
  /** Of all terminals, the most that one has parsed. */
  mostBytes(): Promise<number>
  /** Presses a key that brings another terminal to the front: milliseconds until it has the focus and is painted. */
  switched(key: string): Promise<number>
  startFrames(): Promise<void>
  /** Milliseconds from each frame to the next since the start. */
  endFrames(): Promise<readonly number[]>
  /** What is alive in the page, with what its arrays hold. */
  heapMiB(): Promise<number>
  readonly corePid: number
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
    async again(key, times) {
      const tabs = page.locator('main [role=tab]')
      const before = await tabs.count()
      // A terminal has the focus once it is connected, a tab at once.
      for (let time = 0; time < times; time++) await tabs.first().press(key, { timeout: 120_000 })
      await tabs.nth(before + times - 1).waitFor({ state: 'attached', timeout: 120_000 })
    },
    ready: () => ready(page),
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
    async received(terminals, bytes) {
      await page.waitForFunction(([wanted, each]) => window.bench.flooded(each) >= wanted, [terminals, bytes] as const, {
        timeout: 120_000,
      })
    },
    mostBytes: () => page.evaluate(() => window.bench.most()),
    async switched(key) {
      const shown = await page.evaluateHandle(() => ({ ms: window.bench.untilShown() }))
      await page.keyboard.press(key)
      const ms = await within(
        PATIENCE_MS,
        'see the next terminal',
        shown.evaluate((handle) => handle.ms),
      )
      await shown.dispose()
      return ms
    },
    startFrames: () => page.evaluate(() => window.bench.startFrames()),
    endFrames: () => page.evaluate(() => window.bench.endFrames()),
    heapMiB: () => heapMiB(page),
    corePid: app.process.pid ?? Number.NaN,
  }
}

/** After a garbage collection. */
export async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return (usedSize + backingStorageSize) / 1024 / 1024
}

async function openTerminal(page: Page, { sshd }: KnownHost): Promise<void> {
  const tabs = await page.getByRole('main').getByRole('tab').count()
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByLabel('Connect to').first().fill(`${sshd.user}@127.0.0.1:${sshd.port}`)
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('tab').nth(tabs).waitFor()
  await ready(page)
}

async function ready(page: Page): Promise<void> {
  await inFront(page).getByText('ready>').first().waitFor()
  await inFront(page).getByRole('textbox', { name: 'Terminal input' }).focus()
}

const inFront = (page: Page) => page.getByRole('region', { name: 'Terminal 127.0.0.1' }).filter({ visible: true })

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
  await inFront(page).click()
}

interface SocketWatch {
  size: TerminalSize
  untilParsed(answer: string): Promise<number>
  flooded(bytes: number): number
  most(): number
  untilShown(): Promise<number>
  startFrames(): void
  endFrames(): number[]
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
  const counts = new Map<WebSocket, Counts>()
  let answer: string | undefined
  let pressedAt = 0
  let done = (_ms: number) => {}
  let frames: number[] | undefined

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
    most: () => Math.max(...[...counts.values()].map(({ acknowledged }) => acknowledged)),
    flooded: (bytes) => [...counts.values()].filter(({ received }) => received >= bytes).length,
    untilShown() {
      return new Promise((resolve) => {
        const onFocus = ({ target }: FocusEvent) => {
          if (!(target instanceof HTMLTextAreaElement)) return
          removeEventListener('focusin', onFocus)
          requestAnimationFrame(() => {
            // The first task after the frame's own work.
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.now() - pressedAt)
            port2.postMessage(undefined)
          })
        }
        addEventListener('focusin', onFocus)
      })
    },
    startFrames() {
      const gaps: number[] = []
      frames = gaps
      let last = performance.now()
      const next = (now: number) => {
        if (frames !== gaps) return
        gaps.push(now - last)
        last = now
        requestAnimationFrame(next)
      }
      requestAnimationFrame(next)
    },
    endFrames() {
      const gaps = frames ?? []
      frames = undefined
      return gaps
    },
  }
}
