import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { describeTree, hashOf } from '../../support/transfers.ts'

/** An account of the machine's own, for as long as the tests run: sudo is the real one, and asks the real accounts. */
const user = `mooring-t${process.pid}`
/** The known host's own command would stand in for SFTP and for sudo as well. */
const COMMAND =
  'if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /usr/lib/openssh/sftp-server; fi; exec sh -c "$SSH_ORIGINAL_COMMAND"'
const PASSWORD = 'correct horse'
const sudoers = `/etc/sudoers.d/${user}`
let host: KnownHost
let core: TestCore
/** Root's alone. */
let folder: string
let here: string

beforeAll(async () => {
  execFileSync('useradd', ['-m', '-s', '/bin/sh', '-p', execFileSync('openssl', ['passwd', '-6', PASSWORD]).toString().trim(), user])
  folder = mkdtempSync(join(tmpdir(), 'mooring-root-'))
  const keys = join('/home', user, 'keys')
  host = await startKnownHost({ config: [`AuthorizedKeysFile ${keys}`, `ForceCommand ${COMMAND}`] })
  writeFileSync(keys, readFileSync(join(host.home, '.ssh', 'id_ed25519.pub')))
  here = join(host.home, 'here')
  mkdirSync(here)
  await start()
})
afterAll(async () => {
  await core?.close()
  await host?.remove()
  rmSync(sudoers, { force: true })
  rmSync(folder, { recursive: true, force: true })
  execFileSync('userdel', ['-rf', user], { stdio: 'ignore' })
})

async function start() {
  core = await startCore(host.home, {}, { kind: 'desktop', chooseFiles: async (what) => [what === 'folder' ? here : join(here, 'up')] })
}
function allow(line: string | undefined) {
  rmSync(sudoers, { force: true })
  if (line) writeFileSync(sudoers, `${user} ${line}\n`, { mode: 0o440 })
}
function target() {
  if (host.target.kind !== 'host') throw new Error('a host')
  return { ...host.target, choices: { ...host.target.choices, user } }
}
async function follow(id: string | undefined, wanted: (transfer: Transfer) => boolean): Promise<Transfer> {
  return until(await core.client.transfers.watch(), (transfers) => transfers.find((one) => one.id === id && wanted(one)))
}
const over = ({ phase }: Transfer) => phase.kind === 'done' || phase.kind === 'failed'
async function download(name: string, asRoot: boolean): Promise<string | undefined> {
  return (await core.client.transfers.download({ target: target(), asRoot, paths: [join(folder, name)] })).ids[0]
}

test('what only root may read comes as root, is marked so, and does not come without', async () => {
  allow('ALL=(ALL) NOPASSWD: ALL')
  writeFileSync(join(folder, 'secret'), randomBytes(3_000_000), { mode: 0o600 })
  expect(await follow(await download('secret', false), over)).toMatchObject({
    asRoot: false,
    phase: { kind: 'failed', error: { code: 'TRANSFER_NOT_ALLOWED' } },
  })
  expect(await follow(await download('secret', true), over)).toMatchObject({ asRoot: true, phase: { kind: 'done' } })
  expect(hashOf(join(here, 'secret'))).toBe(hashOf(join(folder, 'secret')))
})

test('what is uploaded as root is root’s', async () => {
  writeFileSync(join(here, 'up'), 'up')
  const { ids } = await core.client.transfers.uploadChosen({ target: target(), asRoot: true, folder, what: 'file' })
  expect((await follow(ids[0], over)).phase).toEqual({ kind: 'done' })
  expect([readFileSync(join(folder, 'up'), 'utf8'), statSync(join(folder, 'up')).uid]).toEqual(['up', 0])
  for (const one of [here, folder]) rmSync(join(one, 'up'))
})

test('many small files that are root’s go through tar as root, also where sudo wants a password, and are root’s there', async () => {
  await core.client.settings.change({ transferTar: 'always' })
  allow('ALL=(ALL) ALL')
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  for (let file = 0; file < 500; file++) writeFileSync(join(tree, `${file}`), randomBytes(500), { mode: 0o600 })
  const id = await download('tree', true)
  const { id: asked } = await until(await core.client.prompts.watch(), ([first]) => first)
  await core.client.prompts.answer({ id: asked, answer: { kind: 'values', values: [PASSWORD], remember: false } })
  expect(await follow(id, over)).toMatchObject({ phase: { kind: 'done' }, tar: 'used', filesDone: 500 })
  expect(await describeTree(join(here, 'tree'))).toEqual(await describeTree(tree))

  renameSync(join(here, 'tree'), join(here, 'up'))
  const { ids } = await core.client.transfers.uploadChosen({ target: target(), asRoot: true, folder, what: 'file' })
  expect(await follow(ids[0], over)).toMatchObject({ phase: { kind: 'done' }, tar: 'used', filesDone: 500 })
  expect(await describeTree(join(folder, 'up'))).toEqual(await describeTree(tree))
  expect(readdirSync(join(folder, 'up')).map((name) => statSync(join(folder, 'up', name)).uid)).toEqual(Array(500).fill(0))
  await core.client.settings.change({ transferTar: 'ask' })
}, 60_000)

test('the password that sudo wants is asked for once, and an unfinished one that sudo no longer allows says so after a restart', async () => {
  await core.close()
  await start()
  allow('ALL=(ALL) ALL')
  writeFileSync(join(folder, 'large'), randomBytes(1_000_000), { mode: 0o600 })
  truncateSync(join(folder, 'large'), 400 * 1024 * 1024)
  const id = await download('large', true)
  const { id: asked, question } = await until(await core.client.prompts.watch(), ([first]) => first)
  expect(question).toMatchObject({ kind: 'password', because: 'root-transfer', user, canRemember: false })
  await core.client.prompts.answer({ id: asked, answer: { kind: 'values', values: [PASSWORD], remember: false } })
  await follow(id, ({ phase, bytes }) => phase.kind === 'running' && bytes > 1_000_000)
  await core.client.transfers.pause({ id: id ?? '' })
  await follow(id, ({ phase }) => phase.kind === 'paused')
  await core.close()

  allow(undefined)
  await start()
  await follow(id, ({ phase, asRoot }) => phase.kind === 'paused' && asRoot)
  await core.client.transfers.resume({ id: id ?? '' })
  const again = await until(await core.client.prompts.watch(), ([first]) => first)
  await core.client.prompts.answer({ id: again.id, answer: { kind: 'values', values: [PASSWORD], remember: false } })
  expect((await follow(id, over)).phase).toMatchObject({
    kind: 'failed',
    error: { code: 'ROOT_UNAVAILABLE', details: { problem: 'not-allowed' } },
  })
  expect(readdirSync(here).filter((name) => name.startsWith('large'))).toEqual([expect.stringMatching(/^large\.\w+\.part$/)])
}, 90_000)
