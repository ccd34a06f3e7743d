import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FileOperation, FileProgress } from '../../../contract/models/file-operation.ts'
import { idOfLocal } from '../../../contract/models/local-folder.ts'
import type { Target } from '../../../contract/models/terminal.ts'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { describeTree } from '../../support/transfers.ts'
import { refusal } from '../files/host.ts'

const home = idOfLocal('home')
let host: KnownHost
let core: TestCore
let target: Target
/** What the dialog gives next. */
let chosen: string[] = []
/** A folder in the home of this computer, anew for each test, and its path as the page knows it; and one of the host's. */
let [folder, path, there] = ['', '', '']

beforeAll(async () => {
  host = await startKnownHost({ config: ['ForceCommand internal-sftp'] })
  core = await startCore(host.home, {}, { chooseFiles: async () => chosen })
  target = host.target
})
afterAll(async () => {
  await core.close()
  await host.remove()
})
beforeEach(() => {
  folder = mkdtempSync(join(host.home, 'here-'))
  path = folder.slice(host.home.length)
  there = mkdtempSync(join(tmpdir(), 'mooring-there-'))
  return () => rmSync(there, { recursive: true })
})

const list = (of: string, at?: string) => core.client.files.list({ terminalId: of, ...(at === undefined ? {} : { path: at }) })
const namesOf = async (of: string, at: string) => (await list(of, at)).entries.map(({ name }) => name).sort()
async function run(operation: FileOperation, of = home): Promise<FileProgress | undefined> {
  let last: FileProgress | undefined
  for await (const state of await core.client.files.run({ terminalId: of, operation })) last = state
  return last
}
const refusedAs = (problem: string) => ({ code: 'FILE_REFUSED', details: { problem } })
async function done(ids: readonly string[]): Promise<Transfer[]> {
  const over = new Set<Transfer['phase']['kind']>(['done', 'failed', 'cancelled'])
  return until(await core.client.transfers.watch(), (all) => {
    const ours = all.filter(({ id }) => ids.includes(id))
    return ours.length === ids.length && ours.every(({ phase }) => over.has(phase.kind)) ? ours : undefined
  })
}
const phases = async (ids: readonly string[]) => (await done(ids)).map(({ phase }) => phase)

describe('what can be seen', () => {
  test('the home folder is there at once, by a path that says nothing of where it is', async () => {
    expect((await core.client.localFolders.list())[0]).toEqual({ id: 'home', name: '' })
    expect(await list(home)).toMatchObject({ path: '/', home: '/', by: 'local', more: false })
    expect(await namesOf(home, '/')).toContain('.ssh')
    expect(await core.client.files.space({ terminalId: home, path: '/' })).toMatchObject({ total: expect.any(Number) })
  })

  test('a folder that the dialog chose is kept for the next start, and its path is told to nobody', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'mooring-chosen-'))
    writeFileSync(join(outside, 'notes.txt'), 'notes')
    chosen = [outside]
    const opened = await core.client.localFolders.choose()
    expect(opened).toEqual({ id: expect.any(String), name: outside.slice(outside.lastIndexOf('/') + 1) })
    expect(await namesOf(idOfLocal(opened?.id ?? ''), '/')).toEqual(['notes.txt'])
    expect(JSON.stringify(await core.client.localFolders.list())).not.toContain('/')
    await core.close()
    core = await startCore(host.home, {}, { chooseFiles: async () => chosen })
    expect(await core.client.localFolders.list()).toContainEqual(opened)
    chosen = []
    expect(await core.client.localFolders.choose()).toBeUndefined()
    rmSync(outside, { recursive: true })
  })

  test('a link within the folder is followed, and one that leads out of it is not', async () => {
    mkdirSync(join(folder, 'within'))
    symlinkSync('within', join(folder, 'inner'))
    symlinkSync('/etc', join(folder, 'outer'))
    writeFileSync(join(there, 'theirs'), '')
    symlinkSync(there, join(folder, 'elsewhere'))
    expect((await list(home, `${path}/inner`)).path).toBe(`${path}/within`)
    expect(await refusal(list(home, `${path}/outer`))).toMatchObject(refusedAs('outside'))
    expect(await run({ kind: 'delete', paths: [`${path}/elsewhere/theirs`] })).toMatchObject({
      kind: 'failed',
      error: refusedAs('outside'),
    })
    expect(await run({ kind: 'make-folder', path: `${path}/elsewhere/new` })).toMatchObject({ kind: 'failed', error: refusedAs('outside') })
    expect(readdirSync(there)).toEqual(['theirs'])
    // What the link itself is, and that it can go, is the folder's own affair.
    expect(await run({ kind: 'delete', paths: [`${path}/outer`, `${path}/elsewhere`] })).toMatchObject({ kind: 'done' })
    expect(readdirSync(there)).toEqual(['theirs'])
  })

  test.each([
    ['one above', '/..'],
    ['a way out and in again', '/a/../../etc'],
    ['itself', '/./a'],
    ['no name', `/${'x'.repeat(2_000)}`],
  ])('a path by %s is refused', async (_, wanted) => {
    expect((await refusal(list(home, wanted))).code).toBe('FILE_NAME_REFUSED')
  })

  test('a folder that nobody opened, and a NUL, are refused', async () => {
    expect((await refusal(list(idOfLocal('/etc')))).code).toBe('NOT_FOUND')
    await expect(list(home, '/a\0b')).rejects.toThrow()
  })

  test('contents of files and programs are not to be had by it', async () => {
    writeFileSync(join(folder, 'secret'), 'secret')
    expect(await run({ kind: 'checksum', path: `${path}/secret` })).toMatchObject({ kind: 'failed', error: refusedAs('unsupported') })
    const parts = await core.client.files.follow({ terminalId: home, id: crypto.randomUUID(), path: `${path}/secret` })
    expect(await until(parts, (part) => part)).toMatchObject({ kind: 'failed', error: { code: 'TERMINAL_GONE' } })
    expect((await refusal(core.client.editor.open({ terminalId: home, path: `${path}/secret`, large: false }))).code).toBe('TERMINAL_GONE')
  })
})

describe('what can be done', () => {
  test('folders are made, names changed, trees copied and deleted, and nothing is replaced', async () => {
    expect(await run({ kind: 'make-folder', path: `${path}/one` })).toMatchObject({ kind: 'done' })
    writeFileSync(join(folder, 'one', 'a.txt'), 'a')
    symlinkSync('a.txt', join(folder, 'one', 'link'))
    expect(await run({ kind: 'make-folder', path: `${path}/two` })).toMatchObject({ kind: 'done' })
    expect(await run({ kind: 'move', moves: [{ from: `${path}/one`, to: `${path}/two` }] })).toMatchObject({ error: refusedAs('exists') })
    expect(await run({ kind: 'copy', paths: [`${path}/one`], folder: `${path}/two` })).toMatchObject({ kind: 'done' })
    expect(await describeTree(join(folder, 'two', 'one'))).toEqual(await describeTree(join(folder, 'one')))
    expect(await run({ kind: 'move', moves: [{ from: `${path}/one`, to: `${path}/three` }] })).toMatchObject({ kind: 'done' })
    expect(await run({ kind: 'count', paths: [`${path}/three`] })).toMatchObject({ kind: 'done', items: 3 })
    expect(await run({ kind: 'delete', paths: [`${path}/two`] })).toMatchObject({ kind: 'done' })
    expect(readdirSync(folder)).toEqual(['three'])
  })

  test('the opened folder itself can neither go nor be named anew', async () => {
    expect(await run({ kind: 'delete', paths: ['/'] })).toMatchObject({ kind: 'failed', error: { code: 'FILE_NAME_REFUSED' } })
    expect(existsSync(host.home)).toBe(true)
  })
})

describe('from one side to the other', () => {
  function fill(at: string) {
    mkdirSync(join(at, 'tree', 'deep'), { recursive: true })
    writeFileSync(join(at, 'tree', 'a.txt'), 'a')
    writeFileSync(join(at, 'tree', 'deep', 'b.bin'), Buffer.alloc(300_000, 7))
    symlinkSync('a.txt', join(at, 'tree', 'link'))
  }

  test('a download goes into the open folder without a question where to', async () => {
    fill(there)
    const { ids, links } = await core.client.transfers.download({ target, paths: [`${there}/tree`], into: { folderId: 'home', path } })
    expect(links).toEqual([])
    expect(await phases(ids)).toEqual([{ kind: 'done' }])
    expect(readFileSync(join(folder, 'tree', 'deep', 'b.bin')).length).toBe(300_000)
    expect(existsSync(join(there, 'tree', 'a.txt'))).toBe(true)
  })

  test.each(['upload', 'download'] as const)('a move by %s leaves nothing behind once all has arrived, links included', async (way) => {
    const [from, to] = way === 'upload' ? [folder, there] : [there, folder]
    fill(from)
    const before = await describeTree(join(from, 'tree'))
    const { ids } =
      way === 'upload'
        ? await core.client.transfers.uploadLocal({
            from: { folderId: 'home', paths: [`${path}/tree`] },
            to: { target, folder: there },
            move: true,
          })
        : await core.client.transfers.download({ target, paths: [`${there}/tree`], into: { folderId: 'home', path }, move: true })
    expect(await phases(ids)).toEqual([{ kind: 'done' }])
    expect(await describeTree(join(to, 'tree'))).toEqual(before)
    expect(readdirSync(from)).toEqual([])
  })

  test('what was left out at a conflict stays where it is', async () => {
    writeFileSync(join(folder, 'same.txt'), 'new')
    writeFileSync(join(there, 'same.txt'), 'old, and not the same')
    const { ids } = await core.client.transfers.uploadLocal({
      from: { folderId: 'home', paths: [`${path}/same.txt`] },
      to: { target, folder: there },
      move: true,
    })
    const question = await until(await core.client.prompts.watch(), (all) =>
      all.find(({ question: { kind } }) => kind === 'transfer-conflict'),
    )
    await core.client.prompts.answer({ id: question.id, answer: { kind: 'conflict', rule: 'skip', forAll: false } })
    expect(await phases(ids)).toEqual([{ kind: 'done' }])
    expect(readFileSync(join(there, 'same.txt'), 'utf8')).toBe('old, and not the same')
    expect(readFileSync(join(folder, 'same.txt'), 'utf8')).toBe('new')
  })

  test.each(['upload', 'download'] as const)('a move by %s onto itself, because the host is this computer, is refused', async (way) => {
    writeFileSync(join(folder, 'only.txt'), 'the only one')
    const { ids } =
      way === 'upload'
        ? await core.client.transfers.uploadLocal({
            from: { folderId: 'home', paths: [`${path}/only.txt`] },
            to: { target, folder },
            move: true,
          })
        : await core.client.transfers.download({ target, paths: [`${folder}/only.txt`], into: { folderId: 'home', path }, move: true })
    expect(await phases(ids)).toMatchObject([{ kind: 'failed', error: refusedAs('into-itself') }])
    expect(readdirSync(folder)).toEqual(['only.txt'])
  })

  test('nothing from outside goes, and nothing goes outside', async () => {
    symlinkSync('/etc', join(folder, 'outer'))
    const out = { code: 'FILE_REFUSED', details: { problem: 'outside' } }
    const upload = core.client.transfers.uploadLocal({
      from: { folderId: 'home', paths: [`${path}/outer/passwd`] },
      to: { target, folder: there },
      move: false,
    })
    expect(await refusal(upload)).toMatchObject(out)
    const download = core.client.transfers.download({ target, paths: [`${there}/x`], into: { folderId: 'home', path: `${path}/outer` } })
    expect(await refusal(download)).toMatchObject(out)
  })
})
