import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileOperation } from '../../../contract/models/file-operation.ts'
import { openFiles } from '../../../core/ssh/open-files.ts'
import { until } from '../../support/core.ts'
import { WITHOUT_SFTP } from '../../support/host.ts'
import { canMount, startDropbear } from '../../support/sftp-peers.ts'
import { makeKey, type Sshd, startSshd } from '../../support/sshd.ts'
import {
  createTestLedger,
  createWorkshop,
  describeTree,
  download,
  hashOf,
  openTestLanes,
  type TestLanes,
  upload,
} from '../../support/transfers.ts'
import { connect, options, plainKey } from '../ssh/connecting.ts'
import { type FilesHost, startFilesHost } from './host.ts'

describe('the files of a host without SFTP', () => {
  let at: FilesHost
  let terminalId: string

  beforeAll(async () => {
    at = await startFilesHost({ config: [WITHOUT_SFTP] })
    terminalId = await at.openTerminal()
  })
  afterAll(() => at.close())

  const list = (path = at.folder) => at.core.client.files.list({ terminalId, path })
  async function run(operation: FileOperation) {
    const steps = await at.core.client.files.run({ terminalId, operation })
    return until(steps, (step) => (step.kind === 'working' ? undefined : step))
  }

  test('are listed as they are, whatever they are called, and it is said how', async () => {
    const odd = Buffer.concat([Buffer.from(`${at.folder}/odd \n'$(x)-`), Buffer.of(0xff)])
    writeFileSync(odd, 'abc')
    utimesSync(odd, 1_600_000_000, 1_600_000_000)
    chmodSync(odd, 0o4750)
    mkdirSync(join(at.folder, 'folder'))
    symlinkSync('folder', join(at.folder, 'link'))
    symlinkSync('nowhere', join(at.folder, 'broken'))
    const { by, path, entries } = await list()
    expect({ by, path }).toEqual({ by: 'scp', path: at.folder })
    const facts = entries.map(({ name, kind, size, mode, modified, link }) => ({
      name,
      kind,
      ...(link && { link }),
      ...(kind === 'file' && { size, mode, modified }),
    }))
    expect(facts.sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'broken', kind: 'link', link: { target: 'nowhere', leadsTo: 'nothing' } },
      { name: 'folder', kind: 'folder' },
      { name: 'link', kind: 'link', link: { target: 'folder', leadsTo: 'folder' } },
      { name: `odd \n'$(x)-\udcff`, kind: 'file', size: 3, mode: 0o4750, modified: 1_600_000_000 },
    ])
  })

  test('are made, copied, moved, changed and deleted by its own commands', async () => {
    const base = join(at.folder, 'work $HOME;')
    expect(await run({ kind: 'make-folder', path: base })).toMatchObject({ kind: 'done' })
    expect(await run({ kind: 'make-file', path: `${base}/a 'b'` })).toMatchObject({ kind: 'done' })
    writeFileSync(`${base}/a 'b'`, 'text')
    expect(await run({ kind: 'make-file', path: `${base}/a 'b'` })).toMatchObject({
      error: { code: 'FILE_REFUSED', details: { problem: 'exists' } },
    })
    mkdirSync(`${base}/in`)
    expect(await run({ kind: 'copy', paths: [`${base}/a 'b'`], folder: `${base}/in` })).toMatchObject({ kind: 'done' })
    expect(await run({ kind: 'move', moves: [{ from: `${base}/in`, to: `${base}/-moved` }] })).toMatchObject({ kind: 'done' })
    const mode = { set: 0o600, clear: 0o177, searchOnly: false }
    expect(await run({ kind: 'change', paths: [`${base}/a 'b'`], mode, recursive: false })).toMatchObject({ kind: 'done' })
    expect([readdirSync(base), readFileSync(`${base}/-moved/a 'b'`, 'utf8'), lstatSync(`${base}/a 'b'`).mode & 0o777]).toEqual([
      ['-moved', "a 'b'"],
      'text',
      0o600,
    ])
    expect(await run({ kind: 'delete', paths: [base] })).toMatchObject({ kind: 'done', items: 4 })
    expect(readdirSync(at.folder)).not.toContain('work $HOME;')
  })

  test('are edited in place', async () => {
    const path = join(at.folder, 'notes.txt')
    writeFileSync(path, 'before\n')
    const opened = await at.core.client.editor.open({ terminalId, path, large: false })
    const { text, version: expected, encoding, lineEnds } = opened
    const saved = await at.core.client.editor.save({ terminalId, path, text: `${text}after\n`, encoding, lineEnds, expected })
    expect(saved).toMatchObject({ kind: 'saved', path, inPlace: false })
    expect(readFileSync(path, 'utf8')).toBe('before\nafter\n')
  })

  test('are said not to be there where they are not', async () => {
    await expect(list('/nowhere')).rejects.toMatchObject({ data: { code: 'FILE_REFUSED', details: { problem: 'missing' } } })
    await expect(list('/etc/hosts')).rejects.toMatchObject({ data: { code: 'FILE_REFUSED', details: { problem: 'not-a-folder' } } })
  })
})

describe('transfers with a host without SFTP', () => {
  const { folder, key, remove } = createWorkshop()
  let sshd: Sshd
  let lanes: TestLanes

  beforeAll(async () => {
    sshd = await startSshd({ authorizedKeys: [key.publicKey], config: [WITHOUT_SFTP] })
    lanes = await openTestLanes({ ...sshd, key })
  })
  afterAll(async () => {
    lanes.close()
    await sshd.stop()
    remove()
  })

  test('keep bytes, modes and times of trees and of large files, both ways', async () => {
    const [from, there, back] = ['from', 'there', 'back'].map((name) => join(folder, name)) as [string, string, string]
    for (const path of [from, there, back, join(from, 'tree'), join(from, 'tree', 'in')]) mkdirSync(path)
    const make = (name: string, content: Buffer | string, mode: number) => {
      writeFileSync(join(from, 'tree', name), content)
      chmodSync(join(from, 'tree', name), mode)
      utimesSync(join(from, 'tree', name), 1_600_000_000, 1_600_000_000)
    }
    make('large', Buffer.alloc(9 * 1024 * 1024 + 7, 'large'), 0o640)
    make('in/empty', '', 0o600)
    for (let number = 0; number < 10; number += 1) make(`in/small ${number}`, `text ${number}`, 0o755)
    expect(await upload(join(from, 'tree'), there, lanes)).toMatchObject({ failed: [], files: 12 })
    expect(await download(join(there, 'tree'), back, lanes)).toMatchObject({ failed: [], files: 12 })
    expect(await describeTree(join(there, 'tree'))).toEqual(await describeTree(join(from, 'tree')))
    expect(await describeTree(join(back, 'tree'))).toEqual(await describeTree(join(from, 'tree')))
    expect(hashOf(join(back, 'tree', 'large'))).toBe(hashOf(join(from, 'tree', 'large')))
  })

  test('begin anew where they were broken off', async () => {
    const [from, there] = [join(folder, 'once.bin'), join(folder, 'again')]
    mkdirSync(there)
    writeFileSync(from, Buffer.alloc(3_000_000, 'content'))
    utimesSync(from, 1_600_000_000, 1_600_000_000)
    const ledger = createTestLedger('anew')
    writeFileSync(join(there, 'once.bin.anew.part'), Buffer.alloc(2_000_000, 'content'))
    ledger.set(join(there, 'once.bin'), { size: 3_000_000, mtime: 1_600_000_000, done: 2_000_000 })
    const told: number[] = []
    expect(await upload(from, there, lanes, { ledger, resumed: true, onBytes: (bytes) => told.push(bytes) })).toMatchObject({ failed: [] })
    expect(Math.min(...told.filter((bytes) => bytes > 0))).toBeLessThan(2_000_000)
    expect([hashOf(join(there, 'once.bin')), readdirSync(there)]).toEqual([hashOf(from), ['once.bin']])
  })
})

test.skipIf(!canMount())('dropbear without an SFTP server gives its files by scp', async () => {
  const { folder, remove } = createWorkshop()
  const key = makeKey(join(folder, 'id'))
  // It hands on what stands between the quotes as it is, so there are none inside.
  const command = 'command="case $SSH_ORIGINAL_COMMAND in *sftp-server*) exit 1;; esac; eval $SSH_ORIGINAL_COMMAND" '
  const dropbear = await startDropbear(folder, { ...key, publicKey: command + key.publicKey })
  const connection = await connect(options(dropbear.port, { users: [dropbear.user], keys: [plainKey(key)] }))
  const files = await openFiles(connection.raw)
  expect(files.by).toBe('scp')
  const { entries } = await files.list(Buffer.from(folder), { most: 100 })
  expect(entries.map(({ name }) => name.toString())).toContain('id.pub')
  const handle = await files.open(Buffer.from(join(folder, 'id.pub')), 'read')
  const place = Buffer.alloc(1000)
  expect(place.toString('utf8', 0, await files.read(handle, place, 0))).toBe(readFileSync(join(folder, 'id.pub'), 'utf8'))
  connection.close()
  dropbear.stop()
  remove()
})
