import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser } from '@playwright/test'
import type { TerminalSize } from '../../contract/byte-stream.ts'
import { within } from './row.ts'

/**
 * The peer: xterm.js with nothing around it, drawn by the DOM as ours is here, of the same size, and never without the next piece
 * to parse. Returns what gives MB/s.
 */
export async function startBareXterm(browser: Browser, size: TerminalSize, bytes: Uint8Array): Promise<() => Promise<number>> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const { resolve } = createRequire(import.meta.url)
  await page.setContent('<div id="terminal"></div>')
  await page.addScriptTag({ content: await readFile(resolve('@xterm/xterm'), 'utf8') })
  await page.addStyleTag({ content: await readFile(resolve('@xterm/xterm/css/xterm.css'), 'utf8') })
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

declare global {
  interface Window {
    Terminal: new (options: object) => { open(element: Element | null): void; write(data: Uint8Array | string, done?: () => void): void }
    measure(): Promise<number>
  }
}
