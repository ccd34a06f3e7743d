import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { TAR_END, tarHeader, tarPadding } from '../../../core/transfers/tar.ts'
import { startLyingServer } from '../../support/lying-server.ts'
import { createWorkshop, download, openTestLanes, withTar } from '../../support/transfers.ts'

const { folder, key, remove } = createWorkshop()
afterAll(remove)
let count = 0

const FILES = Array.from({ length: 400 }, (_, file) => ({ name: `file-${file}`, content: Buffer.from(`what is in ${file}`) }))

/** An entry that is told to hold `size` bytes, and of another type where that is said. */
function entry(name: string, content: string, { size = content.length, type = '0', link = '' } = {}): Buffer {
  const header = tarHeader({ name: Buffer.from(name), kind: 'file', size, mode: 0o644, mtime: 1_700_000_000 })
  header.write(type, 156, 'latin1')
  header.write(link, 157, 'latin1')
  header.write('        ', 148, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, Buffer.from(content), tarPadding(content.length)])
}

/** What comes for the names that were asked for; `honest`: what should. */
const LIES: readonly [string, (names: readonly string[], honest: (name: string) => Buffer) => readonly Buffer[], 'goes on' | 'is told'][] =
  [
    ['a name that leads out', () => [entry('./tree/../../stolen', 'no')], 'is told'],
    ['an absolute name', () => [entry(`${folder}/stolen`, 'no')], 'is told'],
    ['names that nobody asked for', (names, honest) => [...names.map(honest), entry('./tree/stolen', 'no')], 'is told'],
    ['one file twice', (names, honest) => [...names.map(honest), honest(names[0] ?? '')], 'is told'],
    ['links that lead out', (names) => names.map((name) => entry(name, '', { type: '2', link: '/etc/passwd' })), 'goes on'],
    ['hard links', (names) => names.map((name) => entry(name, '', { type: '1', link: '/etc/passwd' })), 'goes on'],
    ['devices and pipes', (names) => names.map((name, at) => entry(name, '', { type: '346'[at % 3] ?? '3' })), 'goes on'],
    ['folders', (names) => names.map((name) => entry(name, '', { type: '5' })), 'goes on'],
    ['files of another size', (names) => names.map((name) => entry(name, 'shorter')), 'goes on'],
    ['a size of 20 GiB', (names) => [entry(names[0] ?? '', 'x', { size: 20 * 2 ** 30 })], 'is told'],
    ['a file that ends early', (names, honest) => [honest(names[0] ?? ''), honest(names[1] ?? '').subarray(0, 520)], 'goes on'],
    ['nothing', () => [], 'is told'],
    ['a greeting before the archive', (names, honest) => [Buffer.from('Welcome!\n'), ...names.map(honest)], 'is told'],
    ['bytes without end', () => Array.from({ length: 300 }, () => Buffer.alloc(64 * 1024, 'x')), 'is told'],
    ['names without end', () => [entry('././@LongLink', 'x'.repeat(64 * 1024), { size: 2 ** 32, type: 'L' })], 'is told'],
  ]

test.each(LIES)('a host whose tar sends %s changes nothing here: SFTP does it', async (_, lie, outcome) => {
  const here = join(folder, `${count++}`, 'here')
  mkdirSync(here, { recursive: true })
  const honest = (name: string) => {
    const file = FILES.find((one) => name === `./tree/${one.name}`)
    return entry(name, `${file?.content}`)
  }
  const server = await startLyingServer({
    entries: FILES,
    onCommand(_command, channel) {
      const input: Buffer[] = []
      channel.on('data', (bytes: Buffer) => input.push(bytes))
      channel.on('end', () => {
        const [, ...rest] = Buffer.concat(input).toString().split('\n')
        const names = rest.join('\n').split('\0').filter(Boolean)
        const bytes = names.length > 0 ? Buffer.concat(lie(names, honest)) : Buffer.alloc(0)
        // What ends in the middle of a block has no end.
        channel.write(bytes.length % 512 === 0 ? Buffer.concat([bytes, TAR_END]) : bytes)
        channel.exit(0)
        channel.end()
      })
    },
  })
  const lanes = await openTestLanes({ ...server, key })
  onTestFinished(() => {
    lanes.close()
    server.stop()
  })
  const { news, options } = withTar(lanes, '/')
  const told = await download('/tree', here, lanes, options)
  expect([told.failed, news]).toEqual([[], outcome === 'is told' ? ['used', 'failed'] : ['used']])
  expect(readdirSync(here, { recursive: true }).sort()).toEqual(['tree', ...FILES.map(({ name }) => `tree/${name}`)].sort())
  for (const { name, content } of FILES) expect(readFileSync(join(here, 'tree', name))).toEqual(content)
  expect([join(folder, 'stolen'), join(here, '..', 'stolen'), join(here, 'stolen')].filter(existsSync)).toEqual([])
})
