import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { isUserError } from '../../../core/user-error.ts'
import { startSshd } from '../../support/sshd.ts'
import { createTestLedger, createWorkshop, describeTree, download, openTestLanes, upload, withTar } from '../../support/transfers.ts'

const { folder, key, remove } = createWorkshop()
afterAll(remove)
let count = 0

/** A server whose commands are these, with what was run of them in `log`; what is not told is the machine's own. */
async function start(programs: Readonly<Record<string, string | undefined>> = {}) {
  const at = join(folder, `${count++}`)
  for (const name of ['bin', 'here', 'there']) mkdirSync(join(at, name), { recursive: true })
  const log = join(at, 'log')
  const all = { sh: '/bin/sh', tar: '/bin/tar', xargs: '/usr/bin/xargs', ...programs }
  for (const [name, program] of Object.entries(all)) {
    if (!program) continue
    if (name === 'sh') symlinkSync(program, join(at, 'bin', name))
    else
      writeFileSync(
        join(at, 'bin', name),
        `#!/bin/sh\necho ${name} >> ${log}\n${program.includes('\n') ? program : `exec ${program} "$@"`}\n`,
      )
    if (name !== 'sh') chmodSync(join(at, 'bin', name), 0o755)
  }
  const sshd = await startSshd({ authorizedKeys: [key.publicKey], config: [`SetEnv PATH=${join(at, 'bin')}`, 'MaxStartups 100'] })
  onTestFinished(() => sshd.stop())
  const open = async () => {
    const lanes = await openTestLanes({ ...sshd, key })
    onTestFinished(() => lanes.close())
    return lanes
  }
  const runs = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .filter((line) => line === 'tar').length
      : 0
  return { here: join(at, 'here'), there: join(at, 'there'), lanes: await open(), open, runs }
}

function makeTree(at: string, files: number) {
  const make = (name: string, bytes: number, mode: number) => {
    writeFileSync(name, randomBytes(bytes))
    chmodSync(name, mode)
    utimesSync(name, 1_500_000_000 + mode, 1_500_000_000 + mode)
  }
  const folders = ['.', 'in', 'in/deep down', `in/${'long-'.repeat(30)}`]
  for (const inner of folders) mkdirSync(join(at, inner), { recursive: true })
  for (let file = 0; file < files; file++) {
    make(
      join(at, folders[file % folders.length] ?? '.', `file ${file}`),
      1 + ((file * 37) % 4096),
      [0o644, 0o755, 0o600, 0o466][file % 4] ?? 0,
    )
  }
  for (const name of ['-rf', '--help', '*', '$(id)', 'a\nb', 'back\\slash', 'x'.repeat(200), ' ']) make(join(at, 'in', name), 100, 0o640)
  make(join(at, 'empty'), 0, 0o640)
  for (const bytes of [65_536, 65_537, 300_000]) make(join(at, `${bytes}`), bytes, 0o640)
  linkSync(join(at, 'file 0'), join(at, 'in', 'the same as file 0'))
  for (const inner of folders.toReversed()) utimesSync(join(at, inner), 1_400_000_000, 1_400_000_000)
}

async function filesOf(at: string): Promise<[string, string][]> {
  return Object.entries(await describeTree(at)).filter(([, what]) => !what.startsWith('folder'))
}

const PEERS = [
  ['5,000', 'GNU', {}],
  ['800', 'busybox', { tar: '/usr/bin/busybox tar', xargs: '/usr/bin/busybox xargs', sh: undefined }],
] as const

test.each(PEERS)('%s small files go through %s tar, both ways, and bytes, modes and times are the same', async (files, name, programs) => {
  const { here, there, lanes, runs } = await start({ ...programs, ...(name === 'busybox' ? { sh: '/usr/bin/busybox' } : {}) })
  makeTree(join(there, 'tree'), Number(files.replace(',', '')))
  const down = withTar(lanes, there)
  const got = await download(join(there, 'tree'), here, lanes, down.options)
  const afterDown = runs()
  const up = withTar(lanes, there)
  mkdirSync(join(there, 'copy'))
  const put = await upload(join(here, 'tree'), join(there, 'copy'), lanes, up.options)
  const expected = await describeTree(join(there, 'tree'))
  expect(await describeTree(join(here, 'tree'))).toEqual(expected)
  expect(await describeTree(join(there, 'copy', 'tree'))).toEqual(expected)
  expect([down.news, up.news, got.failed, put.failed]).toEqual([['used'], ['used'], [], []])
  for (const told of [got, put]) expect([told.files, told.bytes]).toEqual([told.found, told.total])
  // Hundreds of files a run, and not all of them by SFTP.
  for (const runsOfOne of [afterDown, runs() - afterDown]) expect([runsOfOne > 1, runsOfOne < 200]).toEqual([true, true])
})

for (const [direction, move] of [
  ['download', download],
  ['upload', upload],
] as const) {
  test(`by tar, a ${direction} whose connection breaks three times goes on each time, and nothing unfinished stays`, async () => {
    const { here, there, open } = await start()
    const [source, to] = direction === 'download' ? [there, here] : [here, there]
    makeTree(join(source, 'tree'), 1_500)
    const ledger = createTestLedger()
    const counts: number[] = []
    for (let kill = 0; kill <= 3; kill++) {
      const lanes = await open()
      const { options } = withTar(lanes, there)
      let began: number | undefined
      const onBytes = (bytes: number) => {
        // What an earlier try had finished counts at once.
        began ??= bytes
        if (kill < 3 && bytes - began > 600_000) lanes.connection.raw.destroy()
      }
      const told = await move(join(source, 'tree'), to, lanes, { ...options, ledger, resumed: kill > 0, onBytes }).catch((error) => {
        expect(isUserError(error, 'CONNECTION_LOST')).toBe(true)
      })
      if (told) counts.push(told.failed.length, told.files - told.found)
      lanes.close()
    }
    expect(counts).toEqual([0, 0])
    expect(await filesOf(join(to, 'tree'))).toEqual(await filesOf(join(source, 'tree')))
    expect(ledger.entries.size).toBe(0)
  })
}

test('what is there is asked about before, and what is skipped is not in the stream', async () => {
  const { here, there, lanes } = await start()
  makeTree(join(here, 'tree'), 600)
  await upload(join(here, 'tree'), there, lanes)
  for (const file of [500, 504]) appendFileSync(join(there, 'tree', `file ${file}`), 'theirs')
  const { options, news } = withTar(lanes, there)
  const asked: string[] = []
  await upload(join(here, 'tree'), there, lanes, {
    ...options,
    settle: async ({ name }) => {
      asked.push(name)
      return name.endsWith('file 500') ? 'overwrite' : 'skip'
    },
  })
  const size = (at: string, file: number) => statSync(join(at, 'tree', `file ${file}`)).size
  expect([asked.length > 600, news]).toEqual([true, ['used']])
  expect(size(there, 500)).toBe(size(here, 500))
  expect(size(there, 504)).toBe(size(here, 504) + 'theirs'.length)
})

test('an upload that is cancelled in the middle leaves no unfinished file and none that is half', async () => {
  const { here, there, lanes } = await start()
  makeTree(join(here, 'tree'), 1_200)
  const stop = new AbortController()
  const { options } = withTar(lanes, there, { signal: stop.signal })
  const onBytes = (bytes: number) => bytes > 1_000_000 && stop.abort()
  const failure = await upload(join(here, 'tree'), there, lanes, { ...options, onBytes }).catch((error) => error)
  expect(isUserError(failure, 'CANCELLED')).toBe(true)
  // The large one goes by SFTP, which would go on with it; who ends its transfer for good removes it.
  const unfinished = () => readdirSync(there, { recursive: true }).filter((name) => /(?<!300000\.test)\.part$/.test(`${name}`))
  await expect.poll(unfinished, { timeout: 10_000 }).toEqual([])
  const [whole, found] = [await describeTree(join(here, 'tree')), await describeTree(join(there, 'tree'))]
  for (const [name, what] of Object.entries(found))
    if (what.startsWith('file') && !name.endsWith('.part')) expect([name, what]).toEqual([name, whole[name]])
})

test.each([
  ['is not there', { tar: undefined }, ['missing']],
  ['fails', { tar: '\ncat > /dev/null; exit 2', cat: '/bin/cat' }, ['used', 'failed']],
  ['ends in the middle', { tar: '\nhead -c 100000 | /bin/tar "$@"; exit 2', head: '/usr/bin/head' }, ['used', 'failed']],
  ['says that it did what it did not', { tar: '\ncat > /dev/null; exit 0', cat: '/bin/cat' }, ['used', 'failed']],
])('where tar %s, SFTP does it, and that is told once', async (_, programs, expected) => {
  const { here, there, lanes } = await start(programs)
  makeTree(join(here, 'tree'), 500)
  const up = withTar(lanes, there)
  const put = await upload(join(here, 'tree'), there, lanes, up.options)
  const back = join(here, 'back')
  mkdirSync(back)
  const down = withTar(lanes, there)
  const got = await download(join(there, 'tree'), back, lanes, down.options)
  const tree = await describeTree(join(here, 'tree'))
  expect([put.failed, got.failed, up.news]).toEqual([[], [], expected])
  expect(down.news[0]).toBe(expected[0])
  expect(await describeTree(join(there, 'tree'))).toEqual(tree)
  expect(await describeTree(join(back, 'tree'))).toEqual(tree)
  for (const told of [put, got]) expect([told.files, told.bytes]).toEqual([told.found, told.total])
})
