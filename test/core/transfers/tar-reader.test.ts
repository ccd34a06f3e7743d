import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TAR_END, tarHeader, tarPadding } from '../../../core/transfers/tar.ts'
import { createTarReader, TarBroken } from '../../../core/transfers/tar-reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-tar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Each entry as `name: what it holds`; in pieces of so many bytes. */
function read(archive: Buffer, piece = archive.length, mostBytes = 10_000): string[] {
  const found: string[] = []
  const reader = createTarReader(mostBytes, ({ name, isFile, bytes }) =>
    found.push(`${name.toString()}: ${isFile ? bytes.toString() : 'no file'}`),
  )
  for (let at = 0; at < archive.length; at += piece) reader.push(archive.subarray(at, at + piece))
  return found
}
function entry(name: string, content: string): Buffer {
  const facts = { name: Buffer.from(name), kind: 'file' as const, size: content.length, mode: 0o644, mtime: 1 }
  return Buffer.concat([tarHeader(facts), Buffer.from(content), tarPadding(content.length)])
}

const long = `${'long-'.repeat(30)}name`
const NAMES = ['plain', 'with blank', 'größe', long, join('in', 'deep'.repeat(20), 'deeper'.repeat(20))]

test.each(['gnu', 'pax', 'posix', 'ustar', 'v7', 'busybox'])('what tar writes as %s is read, in pieces of any size', (format) => {
  const names = format === 'ustar' || format === 'v7' ? NAMES.slice(0, 3) : NAMES
  const at = join(folder, format)
  for (const name of names) {
    mkdirSync(join(at, name, '..'), { recursive: true })
    writeFileSync(join(at, name), `in ${name}`)
  }
  const [program, ...args] = format === 'busybox' ? ['busybox', 'tar'] : ['tar', `--format=${format}`]
  const archive = execFileSync(program ?? '', [...args, '-c', '-f', '-', ...names.map((name) => `./${name}`)], { cwd: at })
  const expected = names.map((name) => `./${name}: in ${name}`)
  for (const piece of [1, 511, 512, 700, archive.length]) expect(read(archive, piece)).toEqual(expected)
})

test('several archives one after the other are one', () => {
  expect(read(Buffer.concat([entry('a', '1'), TAR_END, entry('b', '2'), TAR_END, TAR_END]))).toEqual(['a: 1', 'b: 2'])
})

test('links, folders and devices are no files', () => {
  const types = ['1', '2', '3', '4', '5', '6'].map((type) => withType(entry('x', ''), type))
  expect(read(Buffer.concat(types))).toEqual(types.map(() => 'x: no file'))
})

/** Of another type, with the sum that belongs to it. */
function withType(bytes: Buffer, type: string): Buffer {
  const changed = Buffer.from(bytes)
  changed.write(type, 156, 'latin1')
  changed.write('        ', 148, 'latin1')
  const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return changed
}
const sized = (size: number) => tarHeader({ name: Buffer.from('x'), kind: 'file', size, mode: 0o644, mtime: 1 })
const pax = (lines: string) => withType(entry('pax', lines), 'x')

test.each([
  ['text', Buffer.from('Welcome to this host!\n'.repeat(40))],
  ['a header whose sum is another', Buffer.concat([entry('a', '1')]).fill('b', 0, 1)],
  ['a size beyond what is taken', sized(10_001)],
  ['a size of 20 GiB', sized(20 * 2 ** 30)],
  ['a size below nothing', Buffer.from(sized(1)).fill(0xff, 124, 136)],
  ['a name without end', withType(sized(2 ** 31), 'L')],
  ['a size in pax without end', Buffer.concat([pax('29 size=99999999999999999999\n'), sized(1)])],
  ['a line of pax longer than all of them', pax('99 path=x\n')],
  ['a line of pax of no length', pax('0 path=x\n')],
  ['pax that is none', pax('nothing at all')],
])('%s is refused', (_, archive) => {
  expect(() => read(archive)).toThrow(TarBroken)
})
