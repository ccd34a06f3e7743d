import { describe, expect, it } from 'vitest'
import { readDisk, readLines, readLs, readStats } from '../../../../core/ssh/scp/facts.ts'
import { sizeIn } from '../../../../core/ssh/scp/receive.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const NOW = Date.UTC(2026, 2, 10)

describe('what stat tells of a folder', () => {
  it('holds names of any bytes, line ends included', () => {
    const output = bytes('81a4 5 1600000000 0 33/root/www-data//srv/./a\nb \xff/\n41ed 0 1600000001 1 1/me/me//srv/./dir/\n')
    const times = (seconds: number) => ({ accessed: seconds, modified: seconds })
    expect(readStats(output, bytes('/srv'))).toEqual([
      {
        name: bytes('a\nb \xff'),
        attributes: { mode: 0o100644, size: 5, uid: 0, gid: 33, ...times(1_600_000_000) },
        line: bytes('-rwxrwxrwx 1 root www-data 0 '),
      },
      {
        name: bytes('dir'),
        attributes: { mode: 0o040755, size: 0, uid: 1, gid: 1, ...times(1_600_000_001) },
        line: bytes('-rwxrwxrwx 1 me me 0 '),
      },
    ])
  })

  it.each([
    ['of another folder', '81a4 5 1 0 0/root/root//etc/./passwd/\n'],
    ['without an end', '81a4 5 1 0 0/root/root//srv/./a'],
    ['without a name', '81a4 5 1 0 0/root/root//srv/.//\n'],
    ['without facts', 'total 5\n'],
    ['of no number', '81a4 x 1 0 0/root/root//srv/./a/\n'],
  ])('is refused where it is %s', (_, output) => {
    expect(() => readStats(bytes(output), bytes('/srv'))).toThrow(RangeError)
  })
})

describe('a line of ls', () => {
  it.each([
    [
      '-rw-r--r--    1 0        33            1234 Jan  1 12:34 /x',
      { mode: 0o100644, size: 1234, gid: 33, at: Date.UTC(2026, 0, 1, 12, 34) },
    ],
    ['drwxrwsr-t. 2 0 0 4096 Dec 31 23:59 /x', { mode: 0o043775, size: 4096, gid: 0, at: Date.UTC(2025, 11, 31, 23, 59) }],
    ['lrwxrwxrwx 1 0 0 7 Feb  3  2019 /x -> y', { mode: 0o120777, size: 7, gid: 0, at: Date.UTC(2019, 1, 3) }],
    ['crw-rw-rw- 1 0 0 1,   3 Feb  3  2019 /dev/null', { mode: 0o020666, size: 0, gid: 0, at: Date.UTC(2019, 1, 3) }],
    ['-rwSr-xr-T+ 1 0 0 0 Feb  3  2019 /x', { mode: 0o105654, size: 0, gid: 0, at: Date.UTC(2019, 1, 3) }],
  ])('%s is understood', (line, { mode, size, gid, at }) => {
    expect(readLs(bytes(line), NOW)).toEqual({ mode, size, uid: 0, gid, accessed: at / 1000, modified: at / 1000 })
  })

  it.each(['', 'total 12', 'ls: /x: No such file', '-rw-r--r-- 1 root root 5 Jan  1 12:34 /x'])('%o is refused', (line) => {
    expect(() => readLs(bytes(line), NOW)).toThrow(RangeError)
  })

  it('is as long as was said, whatever is in its name', () => {
    const line = '-rw-r--r-- 1 0 0 5 Feb  3  2019 /srv/a\nb/c -> d'
    const entries = readLines(bytes(`a\nb/${line.length}/${line}\n`), bytes('/srv'))
    expect(entries.map(({ name }) => name.toString())).toEqual(['a\nb'])
    expect(() => readLines(bytes(`a/${line.length - 1}/${line}\n`), bytes('/srv'))).toThrow(RangeError)
  })
})

it('what df tells is read from behind, since a device may be called anything', () => {
  const output = bytes('Filesystem 1024-blocks Used Available Capacity Mounted on\n//a b/c 99% 100 40 60 40% /mnt/50 euro\n')
  expect(readDisk(output)).toEqual({ total: 102_400, free: 61_440, available: 61_440 })
})

describe('what scp offers', () => {
  it.each([
    ['C0644 12 notes.txt', '/home/notes.txt', 12],
    ['C0755 0 a b', 'a b', 0],
    ['C0644 1 a\\^Jb', '/a\nb', 1],
  ])('%o is taken for %o', (line, path, size) => {
    expect(sizeIn(line, bytes(path))).toBe(size)
  })

  it.each([
    'C0644 12 other.txt',
    'C0644 12 ../notes.txt',
    'C0644 12 /etc/notes.txt',
    'C0644 12 .ssh/notes.txt',
    'C0644 12 notes.txt ',
    'C0644 12 notes.txt\u001b[2K',
    'C0644 -1 notes.txt',
    'C0644 9999999999999999999 notes.txt',
    'C0644 0x10 notes.txt',
    'D0755 0 notes.txt',
    'T1600000000 0 1600000000 0',
    'E',
    'Welcome to this host',
    '',
  ])('%o is refused for notes.txt (CVE-2019-6111)', (line) => {
    expect(() => sizeIn(line, bytes('/home/notes.txt'))).toThrow(expect.objectContaining({ problem: 'garbled' }))
  })
})
