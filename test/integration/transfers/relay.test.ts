import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Target } from '../../../contract/models/terminal.ts'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost, WITHOUT_SFTP } from '../../support/host.ts'
import { type Sshd, startSshd } from '../../support/sshd.ts'
import { describeTree, hashOf } from '../../support/transfers.ts'

/** A large file, twice, on a machine that does other things too. */
const LONG_MS = 180_000

const base = mkdtempSync(join(tmpdir(), 'mooring-relay-'))
let [one, two] = ['', '']
let count = 0
let host: KnownHost
let other: Sshd
let third: Sshd
let core: TestCore
const targetOf = (sshd: Sshd): Target => ({ kind: 'host', host: '127.0.0.1', choices: { user: sshd.user, port: sshd.port } })

beforeAll(async () => {
  host = await startKnownHost({ config: ['ForceCommand internal-sftp'] })
  const publicKey = readFileSync(join(host.home, '.ssh', 'id_ed25519.pub'), 'utf8').trim()
  other = await startSshd({ authorizedKeys: [publicKey] })
  third = await startSshd({ authorizedKeys: [publicKey], config: [WITHOUT_SFTP] })
  for (const { port, hostKeys } of [other, third]) {
    appendFileSync(join(host.home, '.ssh', 'known_hosts'), hostKeys.map((key) => `[127.0.0.1]:${port} ${key}\n`).join(''))
  }
  core = await startCore(host.home)
})
afterAll(async () => {
  await core.close()
  await host.remove()
  await other.stop()
  await third.stop()
  rmSync(base, { recursive: true })
})
beforeEach(() => {
  count += 1
  one = join(base, `one-${count}`)
  two = join(base, `two-${count}`)
  mkdirSync(one)
  mkdirSync(two)
})

async function relay(names: readonly string[], { move = false, from = host.target, to = targetOf(other) } = {}): Promise<string> {
  const paths = names.map((name) => join(one, name))
  const { ids } = await core.client.transfers.relay({ from: { target: from, paths }, to: { target: to, folder: two }, move })
  return ids[0] ?? ''
}
async function at(id: string, test: (transfer: Transfer) => boolean): Promise<Transfer> {
  return until(await core.client.transfers.watch(), (all) => all.find((transfer) => transfer.id === id && test(transfer)))
}
const over = ({ phase: { kind } }: Transfer) => kind === 'done' || kind === 'failed' || kind === 'cancelled'

function makeTree() {
  mkdirSync(join(one, 'tree', 'in'), { recursive: true, mode: 0o751 })
  writeFileSync(join(one, 'tree', 'large'), randomBytes(3_000_000), { mode: 0o640 })
  for (let number = 0; number < 20; number += 1)
    writeFileSync(join(one, 'tree', 'in', `small ${number}\n`), `text ${number}`, { mode: 0o755 })
  symlinkSync('in', join(one, 'tree', 'link'))
  for (const name of ['large', 'in']) utimesSync(join(one, 'tree', name), 1_600_000_000, 1_600_000_000)
}

test('a tree goes from one host to the other with its modes and times, and nothing of it touches this computer', async () => {
  makeTree()
  const before = await describeTree(join(one, 'tree'))
  const done = await at(await relay(['tree'], { move: true }), over)
  expect(done).toMatchObject({ phase: { kind: 'done' }, direction: 'relay', host: '127.0.0.1', folder: `127.0.0.1:${two}`, problems: [] })
  expect(await describeTree(join(two, 'tree'))).toEqual(before)
  expect(readdirSync(one)).toEqual([])
})

test('a copy leaves what it came from', async () => {
  writeFileSync(join(one, 'a'), 'content')
  expect(await at(await relay(['a']), over)).toMatchObject({ phase: { kind: 'done' } })
  expect([readFileSync(join(one, 'a'), 'utf8'), readFileSync(join(two, 'a'), 'utf8')]).toEqual(['content', 'content'])
})

test('what is there already is asked about, and what is skipped stays where it was', async () => {
  for (const folder of [one, two]) mkdirSync(join(folder, 'tree'))
  writeFileSync(join(one, 'tree', 'same'), 'new')
  writeFileSync(join(one, 'tree', 'other'), 'other')
  writeFileSync(join(two, 'tree', 'same'), 'old')
  const id = await relay(['tree'], { move: true })
  const asked = await until(await core.client.prompts.watch(), (prompts) =>
    prompts.find(({ question }) => question.kind === 'transfer-conflict'),
  )
  expect(asked.question).toMatchObject({ name: 'tree/same', direction: 'upload' })
  await core.client.prompts.answer({ id: asked.id, answer: { kind: 'conflict', rule: 'skip', forAll: false } })
  expect(await at(id, over)).toMatchObject({ phase: { kind: 'done' } })
  expect([readFileSync(join(two, 'tree', 'same'), 'utf8'), readdirSync(join(one, 'tree')), readdirSync(join(two, 'tree')).sort()]).toEqual([
    'old',
    ['same'],
    ['other', 'same'],
  ])
})

test('what would go onto itself, or into itself, by another name of its host is refused and stays', async () => {
  mkdirSync(join(one, 'tree'))
  writeFileSync(join(one, 'tree', 'a'), 'content')
  for (const folder of [one, join(one, 'tree')]) {
    const { ids } = await core.client.transfers.relay({
      from: { target: host.target, paths: [join(one, 'tree')] },
      to: { target: targetOf(other), folder },
      move: true,
    })
    const end = await at(ids[0] ?? '', over)
    expect(end.phase).toMatchObject({ kind: 'failed', error: { code: 'FILE_REFUSED', details: { problem: 'into-itself' } } })
  }
  expect([readFileSync(join(one, 'tree', 'a'), 'utf8'), readdirSync(one), readdirSync(join(one, 'tree'))]).toEqual([
    'content',
    ['tree'],
    ['a'],
  ])
})

test.each([
  ['it comes from', () => host.sshd],
  ['it goes to', () => other],
])(
  'a host %s that is killed midway is come back to, and the file is whole',
  async (_, killed) => {
    writeFileSync(join(one, 'big'), randomBytes(80_000_000))
    const id = await relay(['big'])
    await at(id, ({ bytes }) => bytes > 5_000_000)
    spawnSync('pkill', ['-KILL', '-P', String(killed().pid)])
    const lost = await at(id, (transfer) => transfer.phase.kind === 'waiting' || over(transfer))
    expect(lost.phase).toMatchObject({ kind: 'waiting', error: { code: 'CONNECTION_LOST' } })
    expect(await at(id, over)).toMatchObject({ phase: { kind: 'done' }, problems: [] })
    expect([hashOf(join(two, 'big')), readdirSync(two)]).toEqual([hashOf(join(one, 'big')), ['big']])
  },
  LONG_MS,
)

test(
  'one that is cancelled leaves nothing unfinished, and what it came from',
  async () => {
    writeFileSync(join(one, 'big'), randomBytes(80_000_000))
    const id = await relay(['big'], { move: true })
    await at(id, ({ bytes }) => bytes > 5_000_000)
    await core.client.transfers.cancel({ id })
    await at(id, over)
    await expect.poll(() => readdirSync(two), { timeout: 15_000 }).toEqual([])
    expect(existsSync(join(one, 'big'))).toBe(true)
  },
  LONG_MS,
)

test('a host without SFTP gives and takes as well', async () => {
  writeFileSync(join(one, 'there'), randomBytes(1_000_000))
  expect(await at(await relay(['there'], { to: targetOf(third) }), over)).toMatchObject({ phase: { kind: 'done' } })
  const hash = hashOf(join(one, 'there'))
  expect(hashOf(join(two, 'there'))).toBe(hash)
  rmSync(join(two, 'there'))
  expect(await at(await relay(['there'], { from: targetOf(third) }), over)).toMatchObject({ phase: { kind: 'done' } })
  expect(hashOf(join(two, 'there'))).toBe(hash)
})
