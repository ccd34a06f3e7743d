import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutsideEdit } from '../../../contract/models/outside-edit.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type FilesHost, refusal, startFilesHost } from '../files/host.ts'

let at: FilesHost
/** A core of a desktop, whose system's editor is this list of what it was given. */
let core: TestCore
const opened: string[] = []
let answer = ''
let terminalId: string
let path: string

async function start() {
  const openPath = async (file: string) => {
    opened.push(file)
    return answer
  }
  core = await startCore(at.host.home, {}, { kind: 'desktop', dataFolder: data(), openPath })
  const { id } = await core.client.terminals.open({ target: at.host.target, size: { cols: 80, rows: 24 } })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  terminalId = id
}
const data = () => join(at.host.home, 'desktop-data')
const copies = () => readdirSync(join(data(), 'edited'))
const copy = () => opened.at(-1) ?? ''
beforeAll(async () => {
  at = await startFilesHost()
  await start()
})
afterAll(async () => {
  await core.close()
  await at.close()
})
let count = 0
beforeEach(() => {
  count += 1
  path = join(at.folder, `settings-${count}.conf`)
  writeFileSync(path, 'one\r\n')
  chmodSync(path, 0o640)
})
async function phase(wanted: (edit: OutsideEdit) => boolean): Promise<OutsideEdit> {
  return until(await core.client.editor.outside.watch(), (edits) => edits.find((edit) => edit.path === path && wanted(edit)))
}
const saved = () => phase((edit) => edit.phase.kind === 'open' && edit.phase.savedAt !== undefined)

test('each save of the editor goes back to the host, with its mode, however the editor saves; the copy goes in the end', async () => {
  await core.client.editor.outside.open({ terminalId, path })
  expect([basename(copy()), readFileSync(copy(), 'utf8'), statSync(copy()).mode & 0o777]).toEqual([basename(path), 'one\r\n', 0o600])
  expect(statSync(dirname(copy())).mode & 0o777).toBe(0o700)
  writeFileSync(copy(), 'two\r\n')
  await saved()
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two\r\n', 0o640])
  writeFileSync(`${copy()}~`, 'three\r\n')
  renameSync(`${copy()}~`, copy())
  await expect.poll(() => readFileSync(path, 'utf8'), { timeout: 20_000 }).toBe('three\r\n')
  const { id } = await saved()
  await core.client.editor.outside.open({ terminalId, path })
  expect(new Set(opened).size).toBe(1)
  await core.client.editor.outside.close({ id })
  expect([existsSync(copy()), copies()]).toEqual([false, []])
})

test('what somebody else wrote meanwhile is not written over, but when the person says so', async () => {
  await core.client.editor.outside.open({ terminalId, path })
  writeFileSync(path, 'theirs\n')
  writeFileSync(copy(), 'mine\n')
  const { id } = await phase((edit) => edit.phase.kind === 'conflict')
  expect(readFileSync(path, 'utf8')).toBe('theirs\n')
  await core.client.editor.outside.save({ id, overwrite: true })
  await saved()
  expect(readFileSync(path, 'utf8')).toBe('mine\n')
  await core.client.editor.outside.close({ id })
})

test('what has not come to the host when it ends is unsaved work', async () => {
  await core.client.editor.outside.open({ terminalId, path })
  writeFileSync(path, 'theirs\n')
  writeFileSync(copy(), 'mine\n')
  const { id } = await phase((edit) => edit.phase.kind === 'conflict')
  await core.client.editor.outside.close({ id })
  const entry = await until(await core.client.editor.drafts.watch(), (drafts) => drafts.find((draft) => draft.path === path))
  expect(await core.client.editor.drafts.read({ id: entry.id })).toMatchObject({ text: 'mine\n', asRoot: false })
  await core.client.editor.drafts.discard({ id: entry.id })
})

test('a core that did not end leaves a copy, of which the next one makes unsaved work', async () => {
  await core.client.editor.outside.open({ terminalId, path })
  const left = copy()
  const origin = readFileSync(join(dirname(left), '..', 'origin.json'))
  const [id = ''] = copies()
  await core.close()
  expect(existsSync(left)).toBe(false)
  // As it lies there after a crash.
  mkdirSync(dirname(left), { recursive: true })
  writeFileSync(join(data(), 'edited', id, 'origin.json'), origin)
  writeFileSync(left, 'not brought back\n')
  await start()
  const entry = await until(await core.client.editor.drafts.watch(), (drafts) => drafts.find((draft) => draft.path === path))
  expect(await core.client.editor.drafts.read({ id: entry.id })).toMatchObject({ text: 'not brought back\n' })
  await expect.poll(copies, { timeout: 10_000 }).toEqual([])
})

test('what is no text is not opened, and what the system says is told', async () => {
  const binary = join(at.folder, 'program')
  writeFileSync(binary, Buffer.from([0x7f, 0x45, 0, 1]))
  expect(await refusal(core.client.editor.outside.open({ terminalId, path: binary }))).toMatchObject({ code: 'FILE_NOT_EDITABLE' })
  answer = 'No application knows how to open it'
  expect(await refusal(core.client.editor.outside.open({ terminalId, path }))).toMatchObject({
    code: 'EDITOR_NOT_OPENED',
    details: { said: answer },
  })
  answer = ''
  expect(copies()).toEqual([])
  expect(await at.core.client.app.info()).toMatchObject({ canOpenFiles: false })
  const { id } = await at.core.client.terminals.open({ target: at.host.target, size: { cols: 80, rows: 24 } })
  await at.core.terminal(id, ({ phase: { kind } }) => kind === 'open')
  expect(await refusal(at.core.client.editor.outside.open({ terminalId: id, path }))).toMatchObject({ code: 'EDITOR_NOT_OPENED' })
})
