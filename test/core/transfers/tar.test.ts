import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { TAR_END, type TarEntry, tarHeader, tarPadding } from '../../../core/transfers/tar.ts'

/** What tar itself makes of it. */
function listed(entries: readonly (TarEntry & { readonly content?: Buffer })[], ...options: string[]): string {
  const blocks = entries.flatMap((entry) => [tarHeader(entry), entry.content ?? Buffer.alloc(0), tarPadding(entry.content?.length ?? 0)])
  return execFileSync('tar', ['-tvf', '-', '--utc', '--numeric-owner', ...options], {
    input: Buffer.concat([...blocks, TAR_END]),
  }).toString('latin1')
}
const file = (name: string | Buffer, content: string, mode = 0o640) => {
  const bytes = Buffer.from(content)
  return { name: Buffer.from(name as string), kind: 'file' as const, size: bytes.length, mode, mtime: 1_600_000_000, content: bytes }
}

test('tar reads names of any length and any bytes, modes and times', () => {
  const folder = { name: Buffer.from('tree'), kind: 'folder' as const, size: 0, mode: 0o755, mtime: 1_500_000_000 }
  const lines = listed(
    [
      folder,
      file('tree/plain.txt', 'hello', 0o604),
      file(`tree/${'long/'.repeat(60)}end`, 'x'.repeat(513)),
      file(Buffer.from('tree/caf\xe9', 'latin1'), ''),
      file('tree/last', 'y'),
    ],
    '--quoting-style=literal',
    '--show-transformed-names',
  )
    .trim()
    .split('\n')
  expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
    'drwxr-xr-x 0/0 0 2017-07-14 02:40 tree/',
    '-rw----r-- 0/0 5 2020-09-13 12:26 tree/plain.txt',
    `-rw-r----- 0/0 513 2020-09-13 12:26 tree/${'long/'.repeat(60)}end`,
    '-rw-r----- 0/0 0 2020-09-13 12:26 tree/caf\xe9',
    '-rw-r----- 0/0 1 2020-09-13 12:26 tree/last',
  ])
})

test('a size beyond 8 GiB is told', () => {
  const header = tarHeader({ ...file('large', ''), size: 20 * 2 ** 30 })
  expect(header.subarray(124, 136).toString('hex')).toBe('800000000000000500000000')
})
