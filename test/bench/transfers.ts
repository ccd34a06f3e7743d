import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { SHELL_AND_SFTP, startKnownHost } from '../support/host.ts'
import { makeKey, startSshd } from '../support/sshd.ts'
import { download, openTestLanes, type TestLanes, upload, withTar } from '../support/transfers.ts'
import { startRelay } from './connect.ts'
import { type Cleanup, inTurn, percentile, type Row } from './row.ts'
import { launch, startTerminalPage } from './terminal-page.ts'

const MIB = 1024 * 1024
const ROUND_TRIP_MS = 80
const SMALL_BYTES = 4096

/** In memory where there is a disk of it: how fast this machine's disk is would drown the difference. */
const DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

async function setUp(cleanup: Cleanup, far: boolean) {
  const folder = mkdtempSync(join(DISK, 'mooring-bench-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const key = makeKey(join(folder, 'key'))
  const config = ['MaxSessions 100', 'MaxStartups 100']
  const sshd = cleanup.adopt(await startSshd({ authorizedKeys: [key.publicKey], config }), (started) => started.stop())
  writeFileSync(join(folder, 'known_hosts'), sshd.hostKeys.map((hostKey) => `* ${hostKey}\n`).join(''))
  const port = far ? await startRelay(sshd.port, ROUND_TRIP_MS, cleanup) : sshd.port
  for (const name of ['here', 'there', 'to']) mkdirSync(join(folder, name))
  const lanes = cleanup.adopt(await openTestLanes({ port, user: sshd.user, key }), (open) => open.close())

  /** A tool with its defaults, and nothing of this person's configuration: a file, or a folder with all that is in it. */
  async function peer(tool: Tool, way: Way, from: string, to: string): Promise<void> {
    const options = [
      'IdentitiesOnly=yes',
      `UserKnownHostsFile=${join(folder, 'known_hosts')}`,
      'StrictHostKeyChecking=yes',
      'CheckHostIP=no',
    ]
    const common = ['-F', 'none', '-i', key.path, ...options.flatMap((option) => ['-o', option])]
    const host = `${sshd.user}@127.0.0.1`
    const ends = way === 'get' ? [`${host}:${from}`, to] : [from, `${host}:${to}`]
    const args = {
      sftp: ['-q', '-b', '-', ...common, '-P', `${port}`, host],
      scp: ['-q', '-r', ...common, '-P', `${port}`, ...ends],
      rsync: ['-a', '-e', ['ssh', ...common, '-p', `${port}`].join(' '), ...ends],
    }
    const child = spawn(tool, args[tool], { stdio: ['pipe', 'ignore', 'inherit'] })
    cleanup.defer(() => void child.kill())
    child.stdin.end(tool === 'sftp' ? `${way} -r ${from} ${to}\n` : '')
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`${tool} ended with ${code}`)
  }
  return { folder, lanes, peer, source: join(folder, 'there'), to: join(folder, 'to') }
}
type Bench = Awaited<ReturnType<typeof setUp>>
type Tool = 'sftp' | 'scp' | 'rsync'
type Way = 'get' | 'put'
/** At 80 ms these ask for each of many small files by itself, for minutes. */
const FAR_FILES: Readonly<Record<Tool, number>> = { sftp: 40, scp: 40, rsync: 5_000 }
type Move = (path: string, folder: string, lanes: TestLanes) => Promise<{ readonly failed: readonly unknown[] }>

const MOVES: Readonly<Record<Way, typeof download | typeof upload>> = { get: download, put: upload }

/** Through the host's tar, which is to have moved them in the end. */
function byTar(move: typeof download | typeof upload): Move {
  return async (path, folder, lanes) => {
    const { news, options } = withTar(lanes, move === download ? dirname(path) : folder)
    const told = await move(path, folder, lanes, options)
    if (news.join() !== 'used') throw new Error(`tar: ${news.join()}`)
    return told
  }
}

/** What a second brings, of `amount`. Where it goes is emptied before, which does not count. */
async function perSecond({ to }: Bench, amount: number, work: () => Promise<unknown>): Promise<number> {
  rmSync(to, { recursive: true })
  mkdirSync(to)
  const startedAt = performance.now()
  await work()
  return amount / ((performance.now() - startedAt) / 1000)
}

async function ours(bench: Bench, move: Move, name: string) {
  const { failed } = await move(join(bench.source, name), bench.to, bench.lanes)
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0]))
}

interface Against {
  readonly tool: Tool
  /** Absent: it is measured to be known. */
  readonly budget?: number
}

/** Of the same bytes, in megabytes a second. */
function large(id: string, way: Way, far: boolean, { tool, ...budget }: Against): Row {
  const mebibytes = far ? 128 : 512
  return {
    id,
    what: `${mebibytes} MiB${far ? ' at 80 ms' : ''}, against \`${tool}\``,
    ...budget,
    better: 'higher',
    unit: 'MB/s',
    async measure(cleanup) {
      const bench = await setUp(cleanup, far)
      const file = join(bench.source, 'large')
      const piece = randomBytes(MIB)
      for (let count = 0; count < mebibytes; count++) writeFileSync(file, piece, { flag: 'a' })
      const megabytes = (mebibytes * MIB) / 1e6
      return inTurn(
        5,
        () => perSecond(bench, megabytes, () => ours(bench, MOVES[way], 'large')),
        () => perSecond(bench, megabytes, () => bench.peer(tool, way, file, `${bench.to}/large`)),
      )
    },
  }
}

/** Of a folder, in files a second; the peer may have a folder of fewer, which takes its time. */
function small(id: string, way: Way, far: boolean, { tool, ...budget }: Against, tar = false): Row {
  const files = 5_000
  const peerFiles = far ? FAR_FILES[tool] : files
  const move = tar ? byTar(MOVES[way]) : MOVES[way]
  return {
    id,
    what: `${files} files of 4 KiB${tar ? ' through tar' : ''}${far ? ' at 80 ms' : ''}, against \`${tool}\`${peerFiles < files ? ` on ${peerFiles} of them` : ''}`,
    ...budget,
    better: 'higher',
    unit: 'files/s',
    async measure(cleanup) {
      const bench = await setUp(cleanup, far)
      const make = (name: string, count: number) => {
        mkdirSync(join(bench.source, name))
        for (let file = 0; file < count; file++) writeFileSync(join(bench.source, name, `file-${file}`), randomBytes(SMALL_BYTES))
      }
      make('many', files)
      if (peerFiles !== files) make('few', peerFiles)
      const theirs = join(bench.source, peerFiles === files ? 'many' : 'few')
      return inTurn(
        far ? 2 : 5,
        () => perSecond(bench, files, () => ours(bench, move, 'many')),
        () => perSecond(bench, peerFiles, () => bench.peer(tool, way, tool === 'rsync' ? `${theirs}/` : theirs, `${bench.to}/copy`)),
      )
    },
  }
}

const KEYS = ['@', '^', '~', '|']
const WAYS = ['get', 'put'] as const

export const rows: Row[] = [
  large('get', 'get', false, { tool: 'sftp', budget: 1.1 }),
  large('put', 'put', false, { tool: 'sftp', budget: 1.05 }),
  large('get-80ms', 'get', true, { tool: 'sftp', budget: 1.9 }),
  large('put-80ms', 'put', true, { tool: 'sftp', budget: 1.9 }),
  small('small-get', 'get', false, { tool: 'sftp', budget: 5 }),
  small('small-put', 'put', false, { tool: 'sftp', budget: 5 }),
  small('small-get-tar', 'get', false, { tool: 'sftp', budget: 10 }, true),
  small('small-put-tar', 'put', false, { tool: 'sftp', budget: 5 }, true),
  small('small-get-80ms', 'get', true, { tool: 'sftp', budget: 300 }),
  small('small-put-80ms', 'put', true, { tool: 'sftp', budget: 300 }),
  ...(['scp', 'rsync'] as const).flatMap((tool) => [
    ...WAYS.flatMap((way) => [large(`${way}-${tool}`, way, false, { tool }), large(`${way}-80ms-${tool}`, way, true, { tool })]),
    ...WAYS.flatMap((way) => [
      small(`small-${way}-${tool}`, way, false, { tool }),
      small(`small-${way}-80ms-${tool}`, way, true, { tool }),
    ]),
  ]),
  {
    id: 'echo-transfer',
    what: "a key's round trip, p95, while the browser downloads flat out, against the same when idle",
    budget: 3,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const host = cleanup.adopt(await startKnownHost({ config: SHELL_AND_SFTP }), (started) => started.remove())
      const endless = join(host.home, 'endless.bin')
      writeFileSync(endless, '')
      truncateSync(endless, 64 * 1024 * MIB)
      const page = await startTerminalPage(await launch(cleanup), host.home, cleanup)
      await page.open(host)
      const echo = async () => {
        const times: number[] = []
        for (let key = 0; key < 60; key++) times.push(await page.parsed(KEYS[key % KEYS.length] ?? '@', KEYS[key % KEYS.length] ?? '@'))
        return percentile(times, 0.95)
      }
      const idle: number[] = []
      for (let run = 0; run <= 5; run++) idle.push(await echo())
      await page.download(endless)
      const busy: number[] = []
      for (let run = 0; run <= 5; run++) busy.push(await echo())
      return { ours: busy.slice(1), peer: idle.slice(1) }
    },
  },
]
