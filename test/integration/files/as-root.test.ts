import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileOperation, FileProgress } from '../../../contract/models/file-operation.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { refusal } from './host.ts'

/** An account of the machine's own, for as long as the tests run: sudo is the real one, and asks the real accounts. */
const user = `mooring-${process.pid}`
/** The known host's own command would stand in for SFTP and for sudo as well. */
const COMMAND =
  'if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /usr/lib/openssh/sftp-server; fi; if [ -n "$SSH_ORIGINAL_COMMAND" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; fi; exec sh'
const PASSWORD = 'correct horse'
const sudoers = `/etc/sudoers.d/${user}`
let host: KnownHost
let core: TestCore
let terminalId: string
/** Root's alone. */
let folder: string

beforeAll(async () => {
  execFileSync('useradd', ['-m', '-s', '/bin/sh', '-p', execFileSync('openssl', ['passwd', '-6', PASSWORD]).toString().trim(), user])
  folder = mkdtempSync(join(tmpdir(), 'mooring-root-'))
  const keys = join('/home', user, 'keys')
  host = await startKnownHost({ config: [`AuthorizedKeysFile ${keys}`, `ForceCommand ${COMMAND}`] })
  writeFileSync(keys, readFileSync(join(host.home, '.ssh', 'id_ed25519.pub')))
  core = await startCore(host.home)
  if (host.target.kind !== 'host') throw new Error('a host')
  const { id } = await core.client.terminals.open({
    target: { ...host.target, choices: { ...host.target.choices, user } },
    size: { cols: 80, rows: 24 },
  })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  terminalId = id
})
afterAll(async () => {
  await core?.close()
  await host?.remove()
  rmSync(sudoers, { force: true })
  rmSync(folder, { recursive: true, force: true })
  execFileSync('userdel', ['-rf', user], { stdio: 'ignore' })
})

function allow(line: string | undefined) {
  rmSync(sudoers, { force: true })
  if (line) writeFileSync(sudoers, `${user} ${line}\n`, { mode: 0o440 })
}
const asRoot = () => ({ terminalId, asRoot: true })
async function run(operation: FileOperation) {
  let last: FileProgress | undefined
  for await (const state of await core.client.files.run({ ...asRoot(), operation })) last = state
  return last
}
/** Answers the next question with these, one after the other; gives back how they were asked. */
async function answer(...values: string[]) {
  const asked: unknown[] = []
  for (const value of values) {
    const before = asked.length
    const { id, question } = await until(await core.client.prompts.watch(), (prompts) =>
      prompts.find((prompt) => prompt.question.kind === 'password' && prompt.question.again === before > 0),
    )
    asked.push(question)
    await core.client.prompts.answer({ id, answer: { kind: 'values', values: [value], remember: false } })
  }
  return asked
}

test('without a password where sudo wants none: root’s files are seen and changed, the login’s own rights stay as they are', async () => {
  allow('ALL=(ALL) NOPASSWD: ALL')
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, 'secret'), 'text', { mode: 0o600 })
  expect(await refusal(core.client.files.list({ terminalId, path: folder }))).toMatchObject({ details: { problem: 'not-allowed' } })
  const listing = await core.client.files.list({ ...asRoot(), path: folder })
  expect(listing.entries.map(({ name }) => name)).toEqual(['secret'])
  expect(await run({ kind: 'copy', paths: [join(folder, 'secret')], folder })).toMatchObject({ kind: 'done' })
  const { uid } = statSync(join('/home', user))
  expect(await run({ kind: 'change', paths: [join(folder, 'secret')], owner: { uid, gid: uid }, recursive: false })).toMatchObject({
    kind: 'done',
  })
  expect(await run({ kind: 'copy', paths: [join(folder, 'secret')], folder })).toMatchObject({ kind: 'done' })
  expect(statSync(join(folder, 'secret (3)')).uid).toBe(uid)
  expect(await run({ kind: 'checksum', path: join(folder, 'secret') })).toMatchObject({
    checksum: execFileSync('sha256sum', { input: 'text' }).toString().slice(0, 64),
  })
  expect(await run({ kind: 'delete', paths: [join(folder, 'secret (2)')] })).toMatchObject({ kind: 'done' })
  expect(existsSync(join(folder, 'secret (2)'))).toBe(false)
  expect(await refusal(core.client.files.list({ terminalId, path: folder }))).toMatchObject({ details: { problem: 'not-allowed' } })
  await core.client.files.close({ terminalId })
})

test('a text of root’s is edited in place: its owner and mode stay, and what somebody else wrote meanwhile as well', async () => {
  allow('ALL=(ALL) NOPASSWD: ALL')
  chmodSync(folder, 0o700)
  const path = join(folder, 'shadow.conf')
  writeFileSync(path, 'one\n', { mode: 0o640 })
  chownSync(path, 0, 42)
  const { editor, files } = core.client
  expect(await refusal(editor.open({ terminalId, path, large: false }))).toMatchObject({ details: { problem: 'not-allowed' } })
  const { encoding, lineEnds, version } = await editor.open({ ...asRoot(), path, large: false })
  const text = { path, text: 'two\n', encoding, lineEnds }
  expect(await refusal(editor.save({ terminalId, ...text, expected: version }))).toMatchObject({ details: { problem: 'not-allowed' } })
  expect(await editor.save({ ...asRoot(), ...text, expected: version })).toMatchObject({ kind: 'saved', inPlace: false })
  const { mode, uid, gid } = statSync(path)
  expect([readFileSync(path, 'utf8'), mode & 0o7777, uid, gid, readdirSync(folder).filter((name) => name.startsWith('.'))]).toEqual([
    'two\n',
    0o640,
    0,
    42,
    [],
  ])
  expect(await editor.save({ ...asRoot(), ...text, expected: version })).toEqual({ kind: 'conflict', problem: 'changed' })
  await files.close({ terminalId })
})

test('with the password, asked for again when it was wrong, and only once when it was right', async () => {
  allow('ALL=(ALL) ALL')
  const listed = core.client.files.list({ ...asRoot(), path: folder })
  expect(await answer('wrong', PASSWORD)).toMatchObject([
    { user, again: false, canRemember: false },
    { user, again: true, canRemember: false },
  ])
  expect((await listed).path).toBe(folder)
  expect((await core.client.files.list({ ...asRoot(), path: folder })).path).toBe(folder)
  await core.client.files.close({ terminalId })
})

test('a login that may not is told so, in sudo’s own words', async () => {
  allow(undefined)
  const failed = refusal(core.client.files.list({ ...asRoot(), path: folder }))
  await answer(PASSWORD)
  expect(await failed).toMatchObject({
    code: 'ROOT_UNAVAILABLE',
    details: { problem: 'not-allowed', said: expect.stringContaining('sudoers') },
  })
})
