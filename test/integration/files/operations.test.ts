import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FileOperation, FileProgress } from '../../../contract/models/file-operation.ts'
import { type FilesHost, startFilesHost } from './host.ts'

let at: FilesHost
let terminalId: string
/** Anew for each test. */
let folder: string

beforeAll(async () => {
  at = await startFilesHost({ command: 'exec sh -c "$SSH_ORIGINAL_COMMAND"' })
  terminalId = await at.openTerminal()
})
afterAll(() => at.close())
beforeEach(() => {
  folder = mkdtempSync(join(at.folder, 'test-'))
})

const states = async (operation: FileOperation, signal?: AbortSignal) => {
  const all: FileProgress[] = []
  for await (const state of await at.core.client.files.run({ terminalId, operation }, signal ? { signal } : {})) all.push(state)
  return all
}
/** How it ended. */
const run = async (operation: FileOperation) => (await states(operation)).at(-1) as FileProgress
const inside = (name: string) => join(folder, name)
function write(name: string, text: string | Buffer = name, mode = 0o644) {
  mkdirSync(join(inside(name), '..'), { recursive: true })
  writeFileSync(inside(name), text)
  chmodSync(inside(name), mode)
}
const failure = (problem: string, path: string) => ({ kind: 'failed', error: { code: 'FILE_REFUSED', details: { problem, path } } })

/** The entries of a folder as the core tells them. */
const listed = async (path: string) => (await at.core.client.files.list({ terminalId, path })).entries

const HOSTILE = [
  Buffer.from('new\nline\x1b[31m'),
  Buffer.from('ñandú', 'latin1'),
  Buffer.from('fffe80', 'hex'),
  Buffer.from('-rf'),
  Buffer.from('$(touch pwned) `x` "y" \'z\''),
  Buffer.from(' '),
  Buffer.from('a\\..\\b'),
  Buffer.from('[*]?'),
]

describe('making and moving', () => {
  test('a file and a folder are made, and never in the place of something', async () => {
    expect(await run({ kind: 'make-file', path: inside('new.txt') })).toEqual({ kind: 'done', items: 1, bytes: 0 })
    expect(await run({ kind: 'make-folder', path: inside('new') })).toMatchObject({ kind: 'done' })
    expect(statSync(inside('new.txt')).size).toBe(0)
    expect(statSync(inside('new')).isDirectory()).toBe(true)
    expect(await run({ kind: 'make-file', path: inside('new') })).toMatchObject(failure('exists', inside('new')))
  })

  test.each(['.', '..', 'a/../b'])('%s is no name for anything', async (name) => {
    const path = `${folder}/${name}`
    for (const operation of [
      { kind: 'make-file', path },
      { kind: 'delete', paths: [path] },
    ] satisfies FileOperation[])
      expect(await run(operation)).toMatchObject({ kind: 'failed', error: { code: 'FILE_NAME_REFUSED' } })
  })

  test('the root is not deleted', async () => {
    expect(await run({ kind: 'delete', paths: ['/'] })).toMatchObject({ kind: 'failed', error: { code: 'FILE_NAME_REFUSED' } })
  })

  test('something is renamed, and nothing is replaced by it', async () => {
    write('a')
    write('b')
    expect(await run({ kind: 'move', moves: [{ from: inside('a'), to: inside('c') }] })).toMatchObject({ kind: 'done', items: 1 })
    expect(await run({ kind: 'move', moves: [{ from: inside('c'), to: inside('b') }] })).toMatchObject(failure('exists', inside('b')))
    expect([readFileSync(inside('b'), 'utf8'), readFileSync(inside('c'), 'utf8')]).toEqual(['b', 'a'])
  })

  test('a folder is not moved or copied into itself', async () => {
    write('one/two/x')
    const into: FileOperation = { kind: 'move', moves: [{ from: inside('one'), to: inside('one/two/one') }] }
    expect(await run(into)).toMatchObject(failure('into-itself', inside('one/two/one')))
    expect(await run({ kind: 'copy', paths: [inside('one')], folder: inside('one/two') })).toMatchObject(
      failure('into-itself', inside('one/two')),
    )
  })

  test('to another file system a tree is copied and then removed', async () => {
    write('tree/a/x', 'text', 0o640)
    symlinkSync('x', inside('tree/a/link'))
    const elsewhere = mkdtempSync('/dev/shm/mooring-files-')
    try {
      expect(await run({ kind: 'move', moves: [{ from: inside('tree'), to: join(elsewhere, 'tree') }] })).toMatchObject({ kind: 'done' })
      expect(existsSync(inside('tree'))).toBe(false)
      expect(statSync(join(elsewhere, 'tree/a/x')).mode & 0o777).toBe(0o640)
      expect(readlinkSync(join(elsewhere, 'tree/a/link'))).toBe('x')
    } finally {
      rmSync(elsewhere, { recursive: true })
    }
  })

  test('what cannot be copied is not lost by a move to another file system', async () => {
    execFileSync('mkfifo', [inside('pipe')])
    const to = `/dev/shm/mooring-pipe-${process.pid}`
    expect(await run({ kind: 'move', moves: [{ from: inside('pipe'), to }] })).toMatchObject(failure('unsupported', inside('pipe')))
    expect(lstatSync(inside('pipe')).isFIFO()).toBe(true)
  })
})

describe('copying', () => {
  test('keeps contents, modes, times and links, and finds a free name', async () => {
    write('tree/deep/data', Buffer.alloc(3_000_001, 7), 0o750)
    utimesSync(inside('tree/deep/data'), 1_000_000, 1_000_000)
    symlinkSync('/etc', inside('tree/etc'))
    chmodSync(inside('tree/deep'), 0o500)
    expect(await run({ kind: 'copy', paths: [inside('tree')], folder })).toMatchObject({ kind: 'done', items: 4, bytes: 3_000_001 })
    const copy = inside('tree (2)/deep/data')
    expect(readFileSync(copy).equals(readFileSync(inside('tree/deep/data')))).toBe(true)
    expect(statSync(copy)).toMatchObject({ mode: 0o100750, mtimeMs: 1_000_000_000 })
    expect(statSync(inside('tree (2)/deep')).mode & 0o777).toBe(0o500)
    expect(readlinkSync(inside('tree (2)/etc'))).toBe('/etc')
  })

  test('works where the server cannot copy by itself', async () => {
    const other = await startFilesHost({ sftp: '/usr/lib/openssh/sftp-server -P copy-data,extended' })
    try {
      write('big', Buffer.from(Array.from({ length: 5_000_003 }, (_, index) => index % 251)))
      const id = await other.openTerminal()
      mkdirSync(inside('to'))
      const operation: FileOperation = { kind: 'copy', paths: [inside('big')], folder: inside('to') }
      let last: FileProgress | undefined
      for await (const state of await other.core.client.files.run({ terminalId: id, operation })) last = state
      expect(last).toMatchObject({ kind: 'done' })
      expect(readFileSync(inside('to/big')).equals(readFileSync(inside('big')))).toBe(true)
    } finally {
      await other.close()
    }
  })
})

describe('deleting', () => {
  test('takes a tree with all that is in it, and does not follow its links', async () => {
    write('keep/precious')
    write('tree/a/b/c')
    symlinkSync(inside('keep'), inside('tree/a/to-keep'))
    symlinkSync('/nowhere', inside('tree/broken'))
    expect(await run({ kind: 'delete', paths: [inside('tree')] })).toMatchObject({ kind: 'done', items: 6 })
    expect(readdirSync(folder)).toEqual(['keep'])
    expect(readdirSync(inside('keep'))).toEqual(['precious'])
  })

  test('of a link to a folder takes the link', async () => {
    write('keep/precious')
    symlinkSync('keep', inside('link'))
    expect(await run({ kind: 'delete', paths: [inside('link')] })).toMatchObject({ kind: 'done', items: 1 })
    expect(readdirSync(inside('keep'))).toEqual(['precious'])
  })

  test('stops when nobody wants it any more, and tells how far it is', async () => {
    for (let index = 0; index < 4_000; index += 1) write(`many-${index % 40}/${index}`, '')
    const paths = readdirSync(folder).map(inside)
    for await (const state of await at.core.client.files.run({ terminalId, operation: { kind: 'delete', paths } })) {
      if (state.kind === 'working' && state.items > 0) break
    }
    const left = () => execFileSync('find', [folder, '-type', 'f']).toString().split('\n').length
    // The next call waits for nothing of it: the channel is the same, and answers in order.
    await listed(folder)
    expect(left()).toBeGreaterThan(1)
    expect(await run({ kind: 'delete', paths: readdirSync(folder).map(inside) })).toMatchObject({ kind: 'done' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('changing', () => {
  test('a mode, in folders too, leaves links and what they lead to alone', async () => {
    write('outside', 'x', 0o600)
    write('tree/program', 'x', 0o700)
    write('tree/text', 'x', 0o600)
    symlinkSync(inside('outside'), inside('tree/link'))
    const mode = { set: 0o755, clear: 0o7777, searchOnly: true }
    expect(await run({ kind: 'change', paths: [inside('tree')], mode, recursive: true })).toMatchObject({ kind: 'done', items: 3 })
    const bits = ['tree', 'tree/program', 'tree/text', 'outside'].map((name) => (statSync(inside(name)).mode & 0o777).toString(8))
    expect(bits).toEqual(['755', '744', '644', '600'])
  })

  test.runIf(process.getuid?.() === 0)('an owner, with a set-id bit that stays', async () => {
    write('mine', 'x', 0o755)
    const changes = { mode: { set: 0o4755, clear: 0o7777, searchOnly: false }, owner: { uid: 12_345, gid: 23_456 }, recursive: false }
    expect(await run({ kind: 'change', paths: [inside('mine')], ...changes })).toMatchObject({ kind: 'done' })
    expect(statSync(inside('mine'))).toMatchObject({ uid: 12_345, gid: 23_456, mode: 0o104755 })
  })
})

describe('looking', () => {
  test('what is in a folder is counted', async () => {
    write('tree/a', 'four')
    write('tree/b/c', 'seven77')
    expect(await run({ kind: 'count', paths: [inside('tree')] })).toEqual({ kind: 'done', items: 4, bytes: 11 })
  })

  test('the space of a disk is told', async () => {
    const space = await at.core.client.files.space({ terminalId, path: folder })
    expect(space?.total).toBeGreaterThan(space?.available ?? Number.POSITIVE_INFINITY)
  })

  test('a checksum is what sha256sum says, whatever the name', async () => {
    for (const name of HOSTILE) {
      const path = Buffer.concat([Buffer.from(`${folder}/`), name])
      writeFileSync(path, name)
    }
    for (const { name } of await listed(folder)) {
      const sum = execFileSync('sha256sum', { input: Buffer.from(HOSTILE.find((hostile) => sameName(hostile, name)) ?? '') })
      expect(await run({ kind: 'checksum', path: `${folder}/${name}` })).toMatchObject({ checksum: sum.toString().slice(0, 64) })
    }
    expect(readdirSync(folder)).not.toContain('pwned')
  })

  test('a checksum comes about on a host that runs no commands too', async () => {
    const other = await startFilesHost({ command: 'exit 1' })
    try {
      write('x', 'text')
      let last: FileProgress | undefined
      const id = await other.openTerminal()
      for await (const state of await other.core.client.files.run({ terminalId: id, operation: { kind: 'checksum', path: inside('x') } }))
        last = state
      expect(last).toMatchObject({ checksum: execFileSync('sha256sum', { input: 'text' }).toString().slice(0, 64) })
    } finally {
      await other.close()
    }
  })
})

describe('archives', () => {
  test.each(['tar.gz', 'zip'] as const)('as %s bring back what was put in, hostile names included', async (format) => {
    // zip keeps no names that are not UTF-8.
    const names = HOSTILE.filter((name) => format !== 'zip' || !['ñandú', '\xff\xfe\x80'].includes(name.toString('latin1')))
    mkdirSync(inside('in'))
    for (const name of names) {
      mkdirSync(Buffer.concat([Buffer.from(`${inside('in')}/`), name]))
      writeFileSync(Buffer.concat([Buffer.from(`${inside('in')}/`), name, Buffer.from('/file')]), name)
    }
    const paths = (await listed(inside('in'))).map(({ name }) => `${inside('in')}/${name}`)
    const archive = `${inside(`out [1] $(x)`)}.${format}`
    expect(await run({ kind: 'compress', paths, archive, format })).toMatchObject({ kind: 'done' })
    expect(await run({ kind: 'compress', paths, archive, format })).toMatchObject(failure('exists', archive))
    expect(await run({ kind: 'extract', path: archive, folder: inside('back') })).toMatchObject({ kind: 'done' })
    execFileSync('diff', ['-r', inside('in'), inside('back')])
  })

  test('of another kind, or broken, are said to be so and leave nothing behind', async () => {
    write('not.rar')
    write('broken.tar.gz')
    expect(await run({ kind: 'extract', path: inside('not.rar'), folder: inside('to') })).toMatchObject(
      failure('unsupported', inside('not.rar')),
    )
    expect(await run({ kind: 'extract', path: inside('broken.tar.gz'), folder: inside('to') })).toMatchObject({
      kind: 'failed',
      error: { code: 'FILE_PROGRAM_FAILED', details: { program: 'tar', problem: 'failed' } },
    })
    expect(readdirSync(folder).sort()).toEqual(['broken.tar.gz', 'not.rar'])
  })
})

test('names that are no text are renamed, copied, changed and deleted like any other', async () => {
  for (const name of HOSTILE) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), name)
  mkdirSync(inside('to'))
  const names = (await listed(folder)).map(({ name }) => name).filter((name) => name !== 'to')
  const paths = names.map((name) => `${folder}/${name}`)
  const moved = names.map((name) => `${folder}/to/moved ${name}`)
  const mode = { set: 0o600, clear: 0o7777, searchOnly: false }
  expect(await run({ kind: 'copy', paths, folder: inside('to') })).toMatchObject({ kind: 'done', items: HOSTILE.length })
  expect(await run({ kind: 'move', moves: paths.map((from, index) => ({ from, to: moved[index] ?? '' })) })).toMatchObject({ kind: 'done' })
  expect(await run({ kind: 'change', paths: moved, mode, recursive: false })).toMatchObject({ kind: 'done' })
  expect((await listed(inside('to'))).filter((entry) => entry.mode === 0o600)).toHaveLength(HOSTILE.length)
  expect(await run({ kind: 'delete', paths: moved })).toMatchObject({ kind: 'done' })
  const left = readdirSync(Buffer.from(inside('to')), { encoding: 'buffer' })
    .map(String)
    .sort()
  expect(left).toEqual(HOSTILE.map(String).sort())
})

/** As contract/models/file.ts writes bytes that are not UTF-8. */
function sameName(bytes: Buffer, name: string): boolean {
  const written = [...name].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : [...Buffer.from(character)]
  })
  return bytes.equals(Buffer.from(written))
}
