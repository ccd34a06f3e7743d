import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startKnownHost } from '../support/host.ts'
import { startBareXterms } from './bare-xterm.ts'
import { type Cleanup, percentile, type Row } from './row.ts'
import { FRAME_MS, KEYS, logLines } from './terminal.ts'
import { launch, startTerminalPage } from './terminal-page.ts'

const TERMINALS = 100
const BUSY = 20
const RUNS = 3
const KEYS_IN_A_RUN = 40
/** Back from the last, and not as far as the first. */
const SWITCHES_IN_A_RUN = 30
const FLOOD_BYTES = 1024 * 1024
/** Some thousand lines each, before anything is measured. */
const FLOODED_BYTES = 200_000

interface Figures {
  /** MiB for each terminal. */
  readonly core: number
  readonly page: number
  readonly barePage: number
  /** Milliseconds, a 95th percentile each. */
  readonly echo: readonly number[]
  readonly frames: readonly number[]
  readonly switching: readonly number[]
}

/** One scene for all rows: a hundred terminals are not opened for each. */
let measured: Promise<Figures> | undefined
const figures = (cleanup: Cleanup) => (measured ??= measureAll(cleanup))

async function measureAll(cleanup: Cleanup): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-hundred-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const lines = logLines(FLOOD_BYTES)
  await writeFile(join(folder, 'log'), lines)
  await writeFile(join(folder, 'start'), shellStart(folder))
  const host = cleanup.adopt(await startKnownHost({ config: withStart(join(folder, 'start')) }), (started) => started.remove())
  await giveKeys(host.home)
  const browser = await launch(cleanup)
  const page = await startTerminalPage(browser, host.home, cleanup)
  await page.open(host)
  const before = { core: await residentMiB(page.corePid), page: await page.heapMiB() }
  await page.again(DUPLICATE, TERMINALS - 1)
  await page.ready()
  await writeFile(join(folder, 'go'), '')
  await page.received(BUSY, FLOODED_BYTES)
  const per = (now: number, then: number) => (now - then) / (TERMINALS - 1)
  const [core, pageMiB] = [per(await residentMiB(page.corePid), before.core), per(await page.heapMiB(), before.page)]
  const parsed = Buffer.from(lines.replaceAll('\n', '\r\n').repeat(2)).subarray(0, await page.mostBytes())

  const echo: number[] = []
  const frames: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const times: number[] = []
    await page.startFrames()
    for (let key = 0; key < KEYS_IN_A_RUN; key++)
      times.push(await page.parsed(KEYS[key % KEYS.length] ?? '@', KEYS[key % KEYS.length] ?? '@'))
    frames.push(percentile(await page.endFrames(), 0.95))
    echo.push(percentile(times, 0.95))
  }
  const switching: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const times: number[] = []
    for (let key = 0; key < SWITCHES_IN_A_RUN; key++) times.push(await page.switched('Control+PageUp'))
    switching.push(percentile(times, 0.95))
  }
  const bare = await startBareXterms(browser, await page.size(), TERMINALS, BUSY, parsed)
  return { core, page: pageMiB, barePage: bare, echo, frames, switching }
}

const DUPLICATE = 'Control+Shift+D'

/** Keys for what the palette and the tab's menu do otherwise: the same way, quicker for who does it a hundred times. */
async function giveKeys(home: string): Promise<void> {
  const settings = { version: 1, value: { tourDone: true, shortcuts: { 'duplicate-tab': ['ctrl+shift+KeyD'] } } }
  await mkdir(join(home, 'mooring-data'), { recursive: true, mode: 0o700 })
  await writeFile(join(home, 'mooring-data', 'settings.json'), JSON.stringify(settings), { mode: 0o600 })
}

const withStart = (start: string) => [
  'MaxSessions 200',
  'SetEnv HOME=/nonexistent',
  `ForceCommand case "$SSH_ORIGINAL_COMMAND" in *sftp*) exec /usr/lib/openssh/sftp-server;; *) PS1='ready> ' ENV=${start} exec /bin/sh;; esac`,
]

/** Each shell takes a number; those from 1 to 20 print without end once they may. */
function shellStart(folder: string): string {
  return `n=0
set -C
until { true >${folder}/$n; } 2>/dev/null; do n=$((n + 1)); done
set +C
if [ $n -ge 1 ] && [ $n -le ${BUSY} ]; then
  until [ -e ${folder}/go ]; do sleep 1; done
  while :; do cat ${folder}/log; done
fi
`
}

/** Linux alone tells it of another process. */
async function residentMiB(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

const twoFrames = [2 * FRAME_MS]
const lower = { better: 'lower' as const, deadlineMs: 600_000 }
const all = `${TERMINALS} open, ${BUSY} of them busy`

export const rows: Row[] = [
  {
    ...lower,
    id: 'hundred-core',
    what: `core memory for each terminal, ${all}`,
    budget: 0.5,
    unit: 'MiB',
    measure: async (cleanup) => ({ ours: [(await figures(cleanup)).core], peer: [1] }),
  },
  {
    ...lower,
    id: 'hundred-page',
    what: `the page's memory for each terminal, ${all}, against as many bare xterm.js`,
    budget: 1.1,
    unit: 'MiB',
    async measure(cleanup) {
      const { page, barePage } = await figures(cleanup)
      return { ours: [page], peer: [barePage] }
    },
  },
  {
    ...lower,
    id: 'hundred-echo',
    what: `a key's round trip, p95, ${all}, against two frames of 60 Hz`,
    budget: 1,
    unit: 'ms',
    measure: async (cleanup) => ({ ours: (await figures(cleanup)).echo, peer: twoFrames }),
  },
  {
    ...lower,
    id: 'hundred-frames',
    what: `from frame to frame while one types, p95, ${all}, against two frames of 60 Hz`,
    budget: 1,
    unit: 'ms',
    measure: async (cleanup) => ({ ours: (await figures(cleanup)).frames, peer: twoFrames }),
  },
  {
    ...lower,
    id: 'hundred-switch',
    what: `from the key to the next terminal painted and ready, p95, ${all}, against two frames of 60 Hz`,
    budget: 1,
    unit: 'ms',
    measure: async (cleanup) => ({ ours: (await figures(cleanup)).switching, peer: twoFrames }),
  },
]
