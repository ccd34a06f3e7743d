import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { servePageFiles } from '../../support/page-files.ts'
import { describeTree, hashOf } from '../../support/transfers.ts'

let host: KnownHost
let core: TestCore
let [here, there] = ['', '']
let count = 0
/** Sparse, so that it is quickly made: it takes a second or two to move. */
const SIZE = 400 * 1024 * 1024

beforeAll(async () => {
  host = await startKnownHost({ config: ['ForceCommand none', 'MaxStartups 100'] })
})
afterAll(() => host.remove())
beforeEach(() => {
  here = join(host.home, `here-${++count}`)
  there = join(host.home, `there-${count}`)
  mkdirSync(here)
  mkdirSync(there)
})

async function start(desktop = true) {
  core = await startCore(host.home, {}, desktop ? { kind: 'desktop', chooseFiles: async () => [here] } : {})
  onTestFinished(() => core.close())
}

async function follow(id: string, test: (transfer: Transfer) => boolean): Promise<Transfer> {
  return until(await core.client.transfers.watch(), (transfers) => transfers.find((transfer) => transfer.id === id && test(transfer)))
}
const over = ({ phase }: Transfer) => phase.kind === 'done' || phase.kind === 'failed' || phase.kind === 'cancelled'
const moving = ({ phase, bytes }: Transfer) => phase.kind === 'running' && bytes > 5_000_000

function makeLarge(folder: string): string {
  const path = join(folder, 'large.bin')
  writeFileSync(path, randomBytes(1024 * 1024))
  truncateSync(path, SIZE)
  return path
}

async function downloadOne(path: string): Promise<string> {
  const { ids } = await core.client.transfers.download({ target: host.target, paths: [path] })
  return ids[0] ?? ''
}

test('files and a folder of the host come into the folder that the desktop asked for, and are told with honest totals', async () => {
  await start()
  mkdirSync(join(there, 'folder', 'inner'), { recursive: true })
  writeFileSync(join(there, 'folder', 'inner', 'a'), 'aaaa')
  writeFileSync(join(there, 'b.txt'), 'bb')
  const paths = [join(there, 'folder'), join(there, 'b.txt')]
  const { ids } = await core.client.transfers.download({ target: host.target, paths })
  const told = await Promise.all(ids.map((id) => follow(id, over)))
  expect([readFileSync(join(here, 'folder', 'inner', 'a'), 'utf8'), readFileSync(join(here, 'b.txt'), 'utf8')]).toEqual(['aaaa', 'bb'])
  const common = { direction: 'download', host: '127.0.0.1', folder: basename(here), phase: { kind: 'done' }, estimate: false, skipped: 0 }
  expect(told).toMatchObject([
    { ...common, name: 'folder', bytes: 4, total: 4, files: 1, filesDone: 1 },
    { ...common, name: 'b.txt', bytes: 2, total: 2, files: 1, filesDone: 1 },
  ])
  await core.client.transfers.clear({})
  expect(await until(await core.client.transfers.watch(), (transfers) => (transfers.length === 0 ? 'none' : undefined))).toBe('none')
})

test('a download is paused and goes on, at another start of the app, where it stopped', async () => {
  const path = makeLarge(there)
  await start()
  const id = await downloadOne(path)
  await follow(id, moving)
  await core.client.transfers.pause({ id })
  const paused = await follow(id, ({ phase }) => phase.kind === 'paused')
  await core.close()

  await start()
  expect(await follow(id, () => true)).toMatchObject({ name: 'large.bin', phase: { kind: 'paused' } })
  expect(readdirSync(here)).toEqual([expect.stringMatching(/^large\.bin\.\w+\.part$/)])
  await core.client.transfers.resume({ id })
  const resumed = await follow(id, ({ bytes }) => bytes > 0)
  expect(resumed.bytes).toBeGreaterThan(paused.bytes / 2)
  expect(await follow(id, over)).toMatchObject({ phase: { kind: 'done' }, bytes: SIZE, total: SIZE })
  expect([readdirSync(here), hashOf(join(here, 'large.bin'))]).toEqual([['large.bin'], hashOf(path)])
})

test('a cancelled download leaves nothing behind', async () => {
  await start()
  const id = await downloadOne(makeLarge(there))
  await follow(id, moving)
  await core.client.transfers.cancel({ id })
  expect((await follow(id, over)).phase).toEqual({ kind: 'cancelled' })
  await expect.poll(() => readdirSync(here)).toEqual([])
})

test('a lost connection is found again by itself, and the transfer goes on where it stopped', async () => {
  await start()
  const path = makeLarge(there)
  const id = await downloadOne(path)
  await follow(id, moving)
  for (const child of execFileSync('ps', ['-o', 'pid=', '--ppid', String(host.sshd.pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)) {
    process.kill(Number(child), 'SIGKILL')
  }
  const waiting = await follow(id, ({ phase }) => phase.kind === 'waiting')
  expect(waiting.phase).toMatchObject({ error: { code: 'CONNECTION_LOST' } })
  const again = await follow(id, ({ phase, bytes }) => phase.kind === 'running' && bytes > 0)
  expect(again.bytes).toBeGreaterThan(waiting.bytes / 2)
  expect(await follow(id, over)).toMatchObject({ phase: { kind: 'done' }, bytes: SIZE })
  expect(hashOf(join(here, 'large.bin'))).toBe(hashOf(path))
})

test('a page sends its files, and no more than it is asked for', async () => {
  await start(false)
  const files = [randomBytes(3_000_000), Buffer.from('small'), Buffer.alloc(0)]
  const names = ['large.bin', 'folder/small.txt', 'folder/empty']
  const mtime = 1_600_000_000
  const { id } = await core.client.transfers.upload({
    target: host.target,
    folder: there,
    files: names.map((path, index) => ({ path, size: files[index]?.length ?? 0, mtime })),
  })
  const page = servePageFiles(core.openPort(`upload/${id}`), files)
  expect(await follow(id, over)).toMatchObject({
    phase: { kind: 'done' },
    folder: there,
    count: 2,
    files: 3,
    filesDone: 3,
    bytes: 3_000_005,
  })
  expect(names.map((name) => readFileSync(join(there, name)).equals(files[names.indexOf(name)] ?? Buffer.alloc(1)))).toEqual([
    true,
    true,
    true,
  ])
  expect(page.asked()).toBe(3_000_005)
})

test('an upload whose page goes away says so, and the same files chosen again go on where it stopped', async () => {
  await start(false)
  const file = randomBytes(20_000_000)
  const upload = { target: host.target, folder: there, files: [{ path: 'large.bin', size: file.length, mtime: 1_600_000_000 }] }
  const first = await core.client.transfers.upload(upload)
  const port = core.openPort(`upload/${first.id}`)
  let asked = 0
  port.onMessage((message) => {
    const { position, length } = JSON.parse(String(message))
    asked += length
    if (asked > 10_000_000) port.close()
    else port.post(Buffer.from(file.subarray(position, position + length)))
  })
  expect(await follow(first.id, over)).toMatchObject({ phase: { kind: 'failed', error: { code: 'TRANSFER_PAGE_GONE' } } })
  const second = await core.client.transfers.upload(upload)
  const page = servePageFiles(core.openPort(`upload/${second.id}`), [file])
  expect(await follow(second.id, over)).toMatchObject({ phase: { kind: 'done' }, bytes: file.length })
  expect(readFileSync(join(there, 'large.bin')).equals(file)).toBe(true)
  expect(page.asked()).toBeLessThan(18_000_000)
})

test('names of a page that lead out of the folder are refused', async () => {
  await start(false)
  const files = ['../out', 'a/../../out', '/etc/out'].map((path) => ({ path, size: 2, mtime: 0 }))
  const { id } = await core.client.transfers.upload({ target: host.target, folder: there, files })
  servePageFiles(core.openPort(`upload/${id}`), [Buffer.from('xx'), Buffer.from('xx'), Buffer.from('xx')])
  const told = await follow(id, over)
  expect(told.problems.map(({ code }) => code)).toEqual(Array(3).fill('TRANSFER_NAME_REFUSED'))
  expect([told.phase, readdirSync(there)]).toMatchObject([
    { kind: 'failed', error: { code: 'TRANSFER_INCOMPLETE', details: { count: 3 } } },
    [],
  ])
})

test('files that are there already are asked about once, with both sizes and times, when the answer is for all', async () => {
  await start()
  mkdirSync(join(there, 'folder'))
  mkdirSync(join(here, 'folder'))
  for (const name of ['older', 'newer']) {
    writeFileSync(join(there, 'folder', name), 'theirs!')
    writeFileSync(join(here, 'folder', name), 'ours')
    utimesSync(join(there, 'folder', name), 1_600_000_000, 1_600_000_000)
    const age = name === 'older' ? 1_500_000_000 : 1_700_000_000
    utimesSync(join(here, 'folder', name), age, age)
  }
  const id = await downloadOne(join(there, 'folder'))
  const [asked] = await until(await core.client.prompts.watch(), (prompts) => (prompts.length > 0 ? prompts : undefined))
  expect(asked?.question).toMatchObject({
    kind: 'transfer-conflict',
    direction: 'download',
    source: { size: 7, modified: '2020-09-13T12:26:40.000Z' },
    existing: { size: 4 },
    several: true,
  })
  await core.client.prompts.answer({ id: asked?.id ?? '', answer: { kind: 'conflict', rule: 'newer', forAll: true } })
  expect((await follow(id, over)).phase).toEqual({ kind: 'done' })
  expect(['older', 'newer'].map((name) => readFileSync(join(here, 'folder', name), 'utf8'))).toEqual(['theirs!', 'ours'])
})

test('the browser gets an address that is good for one download, in order and whole', async () => {
  await start(false)
  const path = join(there, 'for the browser.bin')
  writeFileSync(path, randomBytes(20_000_000))
  const { ids, links } = await core.client.transfers.download({ target: host.target, paths: [path] })
  const token = links[0]?.replace('/download/', '') ?? ''
  const opened = await core.core.openDownload(token)
  const bytes = opened && (await buffer(opened.stream))
  expect([opened?.name, opened?.size]).toEqual(['for the browser.bin', 20_000_000])
  expect(
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex'),
  ).toBe(hashOf(path))
  expect(await follow(ids[0] ?? '', over)).toMatchObject({ phase: { kind: 'done' }, bytes: 20_000_000, byBrowser: true })
  expect(await core.core.openDownload(token)).toBeUndefined()
})

test('a browser that stops reading stops the transfer, and one that breaks off cancels it', async () => {
  await start(false)
  const { ids, links } = await core.client.transfers.download({ target: host.target, paths: [makeLarge(there)] })
  const opened = await core.core.openDownload(links[0]?.replace('/download/', '') ?? '')
  await new Promise((resolve) => opened?.stream.once('readable', resolve))
  expect(await follow(ids[0] ?? '', ({ phase, took }) => phase.kind === 'running' && took > 600)).toMatchObject({ total: SIZE })
  const { bytes } = await follow(ids[0] ?? '', () => true)
  expect(bytes).toBeLessThan(8_000_000)
  opened?.stream.destroy()
  expect((await follow(ids[0] ?? '', over)).phase).toEqual({ kind: 'cancelled' })
})

test('a cancelled upload that was paused leaves nothing on the host, also when its connection has long ended', async () => {
  const path = makeLarge(here)
  core = await startCore(host.home, {}, { kind: 'desktop', chooseFiles: async () => [path] })
  const { ids } = await core.client.transfers.uploadChosen({ target: host.target, folder: there, what: 'file' })
  const id = ids[0] ?? ''
  await follow(id, moving)
  await core.client.transfers.pause({ id })
  await follow(id, ({ phase }) => phase.kind === 'paused')
  expect(readdirSync(there)).toEqual([expect.stringMatching(/^large\.bin\.\w+\.part$/)])
  await core.close()
  await start()
  await core.client.transfers.cancel({ id })
  await expect.poll(() => readdirSync(there), { timeout: 20_000 }).toEqual([])
})

test('a folder comes through the browser as an archive of all that is in it, whole and in order', async () => {
  await start(false)
  const tree = join(there, 'tree')
  mkdirSync(join(tree, 'inner', 'empty'), { recursive: true })
  for (let file = 0; file < 150; file++) writeFileSync(join(tree, 'inner', `file ${file}`), randomBytes(file * 7))
  writeFileSync(join(tree, 'large.bin'), randomBytes(3_000_000))
  writeFileSync(join(tree, 'ünï'), 'text')
  symlinkSync('/etc/passwd', join(tree, 'link'))
  for (const path of ['large.bin', 'inner/empty', 'inner', '.']) utimesSync(join(tree, path), 1_500_000_000, 1_500_000_000)
  const { ids, links } = await core.client.transfers.download({ target: host.target, paths: [tree] })
  const opened = await core.core.openDownload(links[0]?.replace('/download/', '') ?? '')
  expect([opened?.name, opened?.size]).toEqual(['tree.tar', undefined])
  execFileSync('tar', ['-xf', '-', '-C', here], { input: opened && (await buffer(opened.stream)) })
  unlinkSync(join(tree, 'link'))
  utimesSync(tree, 1_500_000_000, 1_500_000_000)
  expect(await describeTree(join(here, 'tree'))).toEqual(await describeTree(tree))
  expect(await follow(ids[0] ?? '', over)).toMatchObject({
    name: 'tree.tar',
    phase: { kind: 'done' },
    files: 152,
    filesDone: 152,
    skipped: 1,
    estimate: false,
  })
})

test('a limit on the rate holds for all transfers together, and the one that is put first goes first', async () => {
  await start()
  // None of them is over before the order is changed.
  await core.client.settings.change({ transferRate: 1_000 })
  const names = ['one', 'two', 'three', 'four']
  for (const name of names) writeFileSync(join(there, name), randomBytes(500_000))
  const { ids } = await core.client.transfers.download({ target: host.target, paths: names.map((name) => join(there, name)) })
  await core.client.transfers.next({ id: ids[3] ?? '' })
  const startedAt = performance.now()
  await core.client.settings.change({ transferRate: 1_000_000 })
  const finished = await Promise.all(ids.map(async (id) => ({ id, at: (await follow(id, over)) && performance.now() })))
  expect(Math.max(...finished.map(({ at }) => at)) - startedAt).toBeGreaterThan(1_200)
  const order = finished.sort((a, b) => a.at - b.at).map(({ id }) => names[ids.indexOf(id)])
  expect(order.indexOf('four')).toBeLessThan(order.indexOf('three'))
  const { transfers } = { transfers: await until(await core.client.transfers.watch(), (all) => all) }
  expect(transfers.filter(({ id }) => ids.includes(id)).map(({ name }) => name)).toEqual(['one', 'two', 'four', 'three'])
  await core.client.settings.change({ transferRate: 0 })
})

test('many small files go one by one until it is answered whether tar may, and what is answered for always is kept', async () => {
  await start()
  const tree = join(there, 'many')
  mkdirSync(tree)
  for (let file = 0; file < 600; file++) writeFileSync(join(tree, `${file}`), randomBytes(1_000))
  // So slow that it is not over before it is answered.
  await core.client.settings.change({ transferRate: 100_000, transferTar: 'ask' })
  const id = await downloadOne(tree)
  const { id: asked, question } = await until(await core.client.prompts.watch(), ([first]) => first)
  expect(question).toEqual({ kind: 'transfer-tar', name: 'many', host: '127.0.0.1', asRoot: false })
  const before = await follow(id, ({ filesDone }) => filesDone > 0)
  await core.client.prompts.answer({ id: asked, answer: { kind: 'tar', use: true, always: true } })
  await follow(id, ({ tar }) => tar === 'used')
  await core.client.settings.change({ transferRate: 0 })
  const after = await follow(id, over)
  expect([before.tar, after.phase, after.tar, after.filesDone, after.bytes]).toEqual([undefined, { kind: 'done' }, 'used', 600, 600_000])
  expect(await describeTree(join(here, 'many'))).toEqual(await describeTree(tree))
  const settings = await until(await core.client.settings.watch(), (now) => now)
  expect(settings.transferTar).toBe('always')
})
