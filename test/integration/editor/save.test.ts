import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExpectedVersion, TextFile } from '../../../contract/models/text-file.ts'
import { type FilesHost, refusal, startFilesHost } from '../files/host.ts'

let at: FilesHost
let terminalId: string
beforeAll(async () => {
  at = await startFilesHost()
  terminalId = await at.openTerminal()
})
afterAll(() => at.close())

const open = (path: string, large = false) => at.core.client.editor.open({ terminalId, path, large })
const save = ({ text, encoding, lineEnds, path }: TextFile, expected: ExpectedVersion) =>
  at.core.client.editor.save({ terminalId, path, text, encoding, lineEnds, expected })
/** A file in a folder of its own. */
function put(name: string, content: string | Buffer) {
  const folder = join(at.folder, name)
  mkdirSync(folder)
  const path = join(folder, 'file.conf')
  writeFileSync(path, content)
  return { folder, path }
}

describe('a save', () => {
  test('replaces the file at once, keeps its owner and mode, and leaves nothing beside it', async () => {
    const { folder, path } = put('whole', 'one\n')
    chownSync(path, 1234, 4321)
    chmodSync(path, 0o4751)
    const before = statSync(path)
    const file = await open(path)
    const saved = await save({ ...file, text: 'two\n' }, file.version)
    const { mode, uid, gid, ino } = statSync(path)
    expect(saved).toMatchObject({ kind: 'saved', inPlace: false, version: { size: 4 } })
    expect([readFileSync(path, 'utf8'), mode & 0o7777, uid, gid, readdirSync(folder)]).toEqual(['two\n', 0o4751, 1234, 4321, ['file.conf']])
    expect(ino).not.toBe(before.ino)
    if (saved.kind !== 'saved') throw new Error('not saved')
    expect(await save({ ...file, text: 'three\n' }, saved.version)).toMatchObject({ kind: 'saved' })
  })

  test('gives back every byte that was not changed, whatever the encoding and the line ends', async () => {
    for (const [name, bytes] of Object.entries({
      latin1: Buffer.from([...Array(255).keys()].map((byte) => byte + 1)),
      utf16: Buffer.from('\ufeffa\r\nñ\r\n', 'utf16le'),
      crlf: Buffer.from('\ufeffone\r\ntwo\r\n'),
      mixed: Buffer.from('one\r\ntwo\nthree\r'),
      large: Buffer.from(`${randomBytes(450_000).toString('hex')}\n`),
    })) {
      const { path } = put(`exact-${name}`, bytes)
      const file = await open(path)
      await save(file, file.version)
      expect(readFileSync(path).equals(bytes), name).toBe(true)
    }
  })

  test('over a file that somebody changed, removed or made meanwhile writes nothing and says so', async () => {
    const { path } = put('changed', 'one\n')
    const file = await open(path)
    // Within the same second and as long as before.
    writeFileSync(path, 'two\n')
    expect(await save({ ...file, text: 'mine\n' }, file.version)).toEqual({ kind: 'conflict', problem: 'changed' })
    expect(readFileSync(path, 'utf8')).toBe('two\n')
    expect(await save({ ...file, text: 'mine\n' }, 'absent')).toEqual({ kind: 'conflict', problem: 'exists' })
    expect(await save({ ...file, text: 'mine\n' }, 'any')).toMatchObject({ kind: 'saved' })
    execFileSync('rm', [path])
    expect(await save({ ...file, text: 'mine\n' }, file.version)).toEqual({ kind: 'conflict', problem: 'gone' })
    expect(await save({ ...file, text: 'new\n' }, 'absent')).toMatchObject({ kind: 'saved' })
    expect(readFileSync(path, 'utf8')).toBe('new\n')
  })

  test('over a file that was only touched goes on', async () => {
    const { path } = put('touched', 'one\n')
    const file = await open(path)
    execFileSync('touch', ['-d', '2030-01-01', path])
    expect(await save({ ...file, text: 'two\n' }, file.version)).toMatchObject({ kind: 'saved' })
  })

  test('through a link changes what it leads to, and the link stays one', async () => {
    const { folder, path } = put('link', 'one\n')
    symlinkSync('file.conf', join(folder, 'current'))
    const file = await open(join(folder, 'current'))
    expect(file.path).toBe(path)
    await save({ ...file, text: 'two\n' }, file.version)
    expect(lstatSync(join(folder, 'current')).isSymbolicLink()).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('two\n')
  })

  test('of a file with several names writes it in place, so that all of them see it', async () => {
    const { folder, path } = put('names', 'one and more\n')
    linkSync(path, join(folder, 'other'))
    const file = await open(path)
    expect(await save({ ...file, text: 'two\n' }, file.version)).toMatchObject({ kind: 'saved', inPlace: true })
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('two\n')
  })

  test('of a character that the encoding does not have writes nothing', async () => {
    const { path } = put('euro', Buffer.from([0xf1, 0x0a]))
    const file = await open(path)
    expect(file).toMatchObject({ text: 'ñ\n', notUtf8: true })
    expect(await refusal(save({ ...file, text: '€\n' }, file.version))).toEqual({
      code: 'CHARACTER_NOT_IN_ENCODING',
      details: { character: '€', encoding: 'latin1' },
    })
    await save({ ...file, text: '€\n', encoding: 'utf-8' }, file.version)
    expect(readFileSync(path, 'utf8')).toBe('€\n')
  })

  test('on a disk that is full says so, and the file is the one that it was', async () => {
    const disk = join(at.folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
    try {
      const path = join(disk, 'file.conf')
      writeFileSync(path, 'one\n')
      linkSync(path, join(disk, 'linked.conf'))
      writeFileSync(join(disk, 'alone.conf'), 'one\n')
      writeFileSync(join(disk, 'filler'), randomBytes(900_000))
      for (const name of ['alone.conf', 'linked.conf']) {
        const file = await open(join(disk, name))
        const failed = await refusal(save({ ...file, text: 'x'.repeat(500_000) }, file.version))
        expect(failed).toEqual({ code: 'FILE_NO_SPACE', details: { path: join(disk, name) } })
        expect(readFileSync(join(disk, name), 'utf8')).toBe('one\n')
      }
      expect(readdirSync(disk).sort()).toEqual(['alone.conf', 'file.conf', 'filler', 'linked.conf'])
    } finally {
      execFileSync('umount', [disk])
    }
  })
})

describe('what is no text to edit', () => {
  test('is told by what it is', async () => {
    const { folder, path } = put('binary', Buffer.from([0x7f, 0x45, 0, 1]))
    writeFileSync(join(folder, 'large.log'), 'x'.repeat(1024 * 1024 + 1))
    writeFileSync(join(folder, 'huge.log'), '')
    truncateSync(join(folder, 'huge.log'), 16 * 1024 * 1024 + 1)
    execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe')])
    const problems = await Promise.all(
      [path, folder, ...['large.log', 'huge.log', 'pipe'].map((name) => join(folder, name))].map(async (file) => {
        const { code, details } = await refusal(open(file))
        return [code, 'problem' in details && details.problem]
      }),
    )
    expect(problems).toEqual([
      ['FILE_NOT_EDITABLE', 'binary'],
      ['FILE_NOT_EDITABLE', 'not-a-file'],
      ['FILE_NOT_EDITABLE', 'large'],
      ['FILE_NOT_EDITABLE', 'too-large'],
      ['FILE_NOT_EDITABLE', 'not-a-file'],
    ])
    expect((await open(join(folder, 'large.log'), true)).text.length).toBe(1024 * 1024 + 1)
    expect(await refusal(open(join(folder, 'nothing')))).toMatchObject({ code: 'FILE_REFUSED', details: { problem: 'missing' } })
  })

  test('a file that says it is empty, as those of /proc do, is read to its end', async () => {
    expect((await open('/proc/self/status')).text).toContain('Name:')
  })
})

describe('a login with few rights', () => {
  let few: FilesHost
  let id: string
  beforeAll(async () => {
    few = await startFilesHost({ sftp: 'setpriv --reuid=65534 --regid=65534 --clear-groups /usr/lib/openssh/sftp-server' })
    chmodSync(few.folder, 0o755)
    id = await few.openTerminal()
  })
  afterAll(() => few.close())
  const saveAs = async (path: string) => {
    const { editor } = few.core.client
    const { version } = await editor.open({ terminalId: id, path, large: false })
    return editor.save({ terminalId: id, path, text: 'two\n', encoding: 'utf-8', lineEnds: 'lf', expected: version })
  }

  test('writes in place what it may write in a folder that it may not', async () => {
    const path = join(few.folder, 'shared.conf')
    writeFileSync(path, 'one and more\n')
    chownSync(path, 0, 65534)
    chmodSync(path, 0o664)
    expect(await saveAs(path)).toMatchObject({ kind: 'saved', inPlace: true })
    expect([readFileSync(path, 'utf8'), statSync(path).uid, statSync(path).mode & 0o7777]).toEqual(['two\n', 0, 0o664])
  })

  test('writes in place where the folder is its own and the file another’s, who stays its owner', async () => {
    const folder = join(few.folder, 'own')
    const path = join(folder, 'shared.conf')
    mkdirSync(folder)
    chownSync(folder, 65534, 65534)
    writeFileSync(path, 'one\n')
    chmodSync(path, 0o666)
    expect(await saveAs(path)).toMatchObject({ kind: 'saved', inPlace: true })
    expect([readFileSync(path, 'utf8'), statSync(path).uid, readdirSync(folder)]).toEqual(['two\n', 0, ['shared.conf']])
  })

  test('is not let write a file that is read-only, although its folder is its own', async () => {
    const folder = join(few.folder, 'read-only')
    const path = join(folder, 'fixed.conf')
    mkdirSync(folder)
    writeFileSync(path, 'one\n')
    chownSync(folder, 65534, 65534)
    chownSync(path, 65534, 65534)
    chmodSync(path, 0o444)
    expect(await refusal(saveAs(path))).toMatchObject({ code: 'FILE_REFUSED', details: { problem: 'not-allowed' } })
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['one\n', ['fixed.conf']])
  })
})
