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

  /** OpenSSH's own tool with its defaults, and nothing of this person's configuration. */
  async function sftp(batch: string): Promise<void> {
    const options = [
      'IdentitiesOnly=yes',
      `UserKnownHostsFile=${join(folder, 'known_hosts')}`,
      'StrictHostKeyChecking=yes',
      'CheckHostIP=no',
    ]
    const args = ['-q', '-b', '-', '-F', 'none', '-i', key.path, '-P', `${port}`, ...options.flatMap((option) => ['-o', option])]
    const child = spawn('sftp', [...args, `${sshd.user}@127.0.0.1`], { stdio: ['pipe', 'ignore', 'inherit'] })
    cleanup.defer(() => void child.kill())
    child.stdin.end(`${batch}\n`)
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`sftp ended with ${code}`)
  }
  return { folder, lanes, sftp, source: join(folder, 'there'), to: join(folder, 'to') }
}
type Bench = Awaited<ReturnType<typeof setUp>>
type Move = (path: string, folder: string, lanes: TestLanes) => Promise<{ readonly failed: readonly unknown[] }>

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

/** Of the same bytes, in megabytes a second. */
function large(id: string, move: Move, command: 'get' | 'put', far: boolean, mebibytes: number, budget: number): Row {
  return {
    id,
    what: `${mebibytes} MiB${far ? ' at 80 ms' : ''}, against \`sftp\``,
    budget,
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
        () => perSecond(bench, megabytes, () => ours(bench, move, 'large')),
        () => perSecond(bench, megabytes, () => bench.sftp(`${command} ${file} ${bench.to}/large`)),
      )
    },
  }
}

/** Of a folder, in files a second; the peer may have a folder of fewer, which takes its time. */
function small(id: string, move: Move, command: 'get' | 'put', far: boolean, peerFiles: number, budget: number): Row {
  const files = 5_000
  return {
    id,
    what: `${files} files of 4 KiB${id.endsWith('-tar') ? ' through tar' : ''}${far ? ' at 80 ms' : ''}, against \`sftp -r\`${peerFiles < files ? ` on ${peerFiles} of them` : ''}`,
    budget,
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
        () => perSecond(bench, peerFiles, () => bench.sftp(`${command} -r ${theirs} ${bench.to}/copy`)),
      )
    },
  }
}

const KEYS = ['@', '^', '~', '|']

export const rows: Row[] = [
  large('get', download, 'get', false, 512, 1.1),
  large('put', upload, 'put', false, 512, 1.05),
  large('get-80ms', download, 'get', true, 128, 1.9),
  large('put-80ms', upload, 'put', true, 128, 1.9),
  small('small-get', download, 'get', false, 5_000, 5),
  small('small-put', upload, 'put', false, 5_000, 5),
  small('small-get-tar', byTar(download), 'get', false, 5_000, 10),
  small('small-put-tar', byTar(upload), 'put', false, 5_000, 5),
  small('small-get-80ms', download, 'get', true, 40, 300),
  small('small-put-80ms', upload, 'put', true, 40, 300),
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
