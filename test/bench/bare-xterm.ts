import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from '@playwright/test'
import type { TerminalSize } from '../../contract/byte-stream.ts'
import { within } from './row.ts'
import { heapMiB } from './terminal-page.ts'

/**
 * The peer: xterm.js with nothing around it, drawn by the DOM as ours is here, of the same size, and never without the next piece
 * to parse. Returns what gives MB/s.
 */
export async function startBareXterm(browser: Browser, size: TerminalSize, bytes: Uint8Array): Promise<() => Promise<number>> {
  const page = await barePage(browser)
  await page.evaluate(
    ({ base64, cols, rows }) => {
      const log = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const terminal = new window.Terminal({ cols, rows, scrollback: 10_000, fontSize: 14, lineHeight: 1.15 })
      terminal.open(document.querySelector('#terminal'))
      const PIECE_BYTES = 256 * 1024
      window.measure = () => {
        const startedAt = performance.now()
        let at = 0
        return new Promise((done) => {
          const next = () => {
            if (at >= log.length) return terminal.write('', () => done(performance.now() - startedAt))
            const piece = log.subarray(at, at + PIECE_BYTES)
            at += piece.length
            terminal.write(piece, next)
          }
          next()
          next()
        })
      }
    },
    { base64: Buffer.from(bytes).toString('base64'), ...size },
  )
  return async () => {
    await page.bringToFront()
    const ms = await within(
      30_000,
      'parse the log in a bare xterm.js',
      page.evaluate(() => window.measure()),
    )
    return bytes.byteLength / 1e6 / (ms / 1000)
  }
}

/** So many of them, each shown once, of which `busy` have parsed the bytes: MiB of the page for each after the first. */
export async function startBareXterms(
  browser: Browser,
  size: TerminalSize,
  count: number,
  busy: number,
  bytes: Uint8Array,
): Promise<number> {
  const page = await barePage(browser)
  const open = (from: number, to: number) =>
    page.evaluate(
      async ({ base64, from, to, busy, cols, rows }) => {
        const log = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        window.bare ??= []
        for (let at = from; at < to; at++) {
          const element = document.createElement('div')
          const terminal = new window.Terminal({ cols, rows, scrollback: 10_000, fontSize: 14, lineHeight: 1.15 })
          window.bare.push(terminal)
          document.body.append(element)
          terminal.open(element)
          await new Promise((done) => requestAnimationFrame(done))
          await new Promise<void>((done) => terminal.write(at > 0 && at <= busy ? log : 'ready> ', done))
          element.remove()
        }
      },
      { base64: Buffer.from(bytes).toString('base64'), from, to, busy, ...size },
    )
  await open(0, 1)
  const before = await heapMiB(page)
  await open(1, count)
  const after = await heapMiB(page)
  await page.close()
  return (after - before) / (count - 1)
}

async function barePage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const { resolve } = createRequire(import.meta.url)
  await page.setContent('<div id="terminal"></div>')
  await page.addScriptTag({ content: await readFile(resolve('@xterm/xterm'), 'utf8') })
  await page.addStyleTag({ content: await readFile(resolve('@xterm/xterm/css/xterm.css'), 'utf8') })
  return page
}

declare global {
  interface Window {
    Terminal: new (options: object) => { open(element: Element | null): void; write(data: Uint8Array | string, done?: () => void): void }
    measure(): Promise<number>
    /** Kept alive. */
    bare?: unknown[]
  }
}
