import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SHELL_AND_SFTP, startKnownHost } from '../support/host.ts'
import { startBareXterm } from './bare-xterm.ts'
import { type Cleanup, inTurn, percentile, type Row } from './row.ts'
import { launch, startTerminalPage } from './terminal-page.ts'

const LOG_BYTES = 16 * 1024 * 1024
const FLOOD_BYTES = 1024 * 1024
export const FRAME_MS = 1000 / 60
/** None of them is in a line of the log. */
export const KEYS = ['@', '^', '~', '|']

/** Plain log lines, as `cat` of a server's log prints them. */
export function logLines(leastBytes: number): string {
  const lines: string[] = []
  for (let bytes = 0, line = 0; bytes < leastBytes; line++) {
    const text = `Nov 23 09:${String(line % 60).padStart(2, '0')}:12 web-1 app[${1000 + (line % 997)}]: GET /items/${line} 200 ${line % 89} ms\n`
    lines.push(text)
    bytes += text.length
  }
  return lines.join('')
}

async function start(cleanup: Cleanup) {
  const host = cleanup.adopt(await startKnownHost({ config: SHELL_AND_SFTP }), (started) => started.remove())
  const browser = await launch(cleanup)
  const page = await startTerminalPage(browser, host.home, cleanup)
  await page.open(host)
  return { host, browser, page }
}

export const rows: Row[] = [
  {
    id: 'terminal-throughput',
    what: 'sshd to parsed in the page, plain log lines through a pty, against the same bytes from memory into xterm.js',
    budget: 0.4,
    better: 'higher',
    unit: 'MB/s',
    async measure(cleanup) {
      const { host, browser, page } = await start(cleanup)
      const log = logLines(LOG_BYTES)
      const file = join(host.home, 'log')
      await writeFile(file, log)
      // What a pty makes of it, and what is counted on both sides.
      const printed = Buffer.from(log.replaceAll('\n', '\r\n'))
      const peer = await startBareXterm(browser, await page.size(), printed)
      let run = 0
      return inTurn(
        5,
        async () => {
          await page.toFront()
          run += 1
          await page.type(`cat ${file}; echo end-$((${run}))-`)
          const ms = await page.parsed('Enter', `end-${run}-`)
          return printed.byteLength / 1e6 / (ms / 1000)
        },
        peer,
      )
    },
  },
  {
    id: 'echo-flood',
    what: "a key's round trip, p95, while this and another terminal flood, against two frames of 60 Hz",
    budget: 1,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const { host, page } = await start(cleanup)
      const file = join(host.home, 'flood')
      await writeFile(file, logLines(FLOOD_BYTES))
      const flood = async () => {
        await page.type(`while :; do cat ${file}; done`)
        await page.parsed('Enter', 'GET /items')
      }
      await flood()
      await page.open(host)
      await flood()
      const ours: number[] = []
      for (let run = 0; run < 5; run++) {
        const times: number[] = []
        for (let key = 0; key < 60; key++) times.push(await page.parsed(KEYS[key % KEYS.length] ?? '@', KEYS[key % KEYS.length] ?? '@'))
        ours.push(percentile(times, 0.95))
      }
      return { ours, peer: [2 * FRAME_MS] }
    },
  },
]
