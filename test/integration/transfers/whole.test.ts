import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sshd, startSshd } from '../../support/sshd.ts'
import { createWorkshop, describeTree, download, hashOf, openTestLanes, type TestLanes, upload } from '../../support/transfers.ts'
import { failureOf } from '../ssh/connecting.ts'

const { folder, key, remove } = createWorkshop()
let sshd: Sshd
let lanes: TestLanes
let [here, there] = ['', '']
let count = 0

beforeAll(async () => {
  sshd = await startSshd({ authorizedKeys: [key.publicKey] })
  lanes = await openTestLanes({ ...sshd, key })
})
afterAll(async () => {
  lanes.close()
  await sshd.stop()
  remove()
})
beforeEach(() => {
  count += 1
  here = join(folder, `here-${count}`)
  there = join(folder, `there-${count}`)
  mkdirSync(here)
  mkdirSync(there)
})

function makeFile(path: string, bytes: number, mode = 0o640, mtime = 1_600_000_000) {
  writeFileSync(path, randomBytes(bytes))
  chmodSync(path, mode)
  utimesSync(path, mtime, mtime)
}

const LARGE = 64 * 1024 * 1024 + 12_345

test('a large file is downloaded byte for byte, with its mode and time, and nothing unfinished stays', async () => {
  makeFile(join(there, 'large.bin'), LARGE, 0o751)
  const told = await download(join(there, 'large.bin'), here, lanes)
  expect(hashOf(join(here, 'large.bin'))).toBe(hashOf(join(there, 'large.bin')))
  const { mode, mtimeMs } = lstatSync(join(here, 'large.bin'))
  expect([mode & 0o777, mtimeMs, readdirSync(here)]).toEqual([0o751, 1_600_000_000_000, ['large.bin']])
  expect(told).toEqual({ found: 1, total: LARGE, bytes: LARGE, files: 1, skipped: 0, scanned: true, failed: [] })
})

test('a large file is uploaded byte for byte, with its mode and time, and nothing unfinished stays', async () => {
  makeFile(join(here, 'large.bin'), LARGE, 0o604)
  const told = await upload(join(here, 'large.bin'), there, lanes)
  expect(hashOf(join(there, 'large.bin'))).toBe(hashOf(join(here, 'large.bin')))
  const { mode, mtimeMs } = lstatSync(join(there, 'large.bin'))
  expect([mode & 0o777, mtimeMs, readdirSync(there)]).toEqual([0o604, 1_600_000_000_000, ['large.bin']])
  expect(told).toEqual({ found: 1, total: LARGE, bytes: LARGE, files: 1, skipped: 0, scanned: true, failed: [] })
})

test('512 MiB are the same on the other side, both ways', async () => {
  const piece = randomBytes(32 * 1024 * 1024)
  for (let index = 0; index < 16; index++) {
    piece.writeUInt32BE(index)
    appendFileSync(join(there, 'huge.bin'), piece)
  }
  await download(join(there, 'huge.bin'), here, lanes)
  renameSync(join(here, 'huge.bin'), join(here, 'again.bin'))
  await upload(join(here, 'again.bin'), there, lanes)
  const [from, back] = [readFileSync(join(there, 'huge.bin')), readFileSync(join(there, 'again.bin'))]
  expect([back.length, back.equals(from)]).toEqual([512 * 1024 * 1024, true])
}, 120_000)

function makeTree(root: string, folders = 50): { files: number; bytes: number } {
  let [files, bytes] = [0, 0]
  const add = (path: string, size: number, mode?: number) => {
    makeFile(join(root, path), size, mode, 1_500_000_000 + files)
    files += 1
    bytes += size
  }
  mkdirSync(root)
  for (let folderNumber = 0; folderNumber < folders; folderNumber++) {
    mkdirSync(join(root, `folder ${folderNumber}`, 'inner'), { recursive: true })
    for (let file = 0; file < 100; file++)
      add(`folder ${folderNumber}/${file % 2 ? 'inner/' : ''}file-${file}.txt`, (file * 97) % 9000, 0o600 + (file % 64))
  }
  mkdirSync(join(root, 'empty'))
  for (const name of ['ñandú 漢字 🚢', 'a\\..\\b', 'quote \' " $(x)', '.hidden', ' blank ', '-rf', 'new\nline']) add(name, 100)
  add('larger', 3 * 1024 * 1024)
  for (const inner of ['empty', 'folder 1/inner', 'folder 1', '.']) utimesSync(join(root, inner), 1_400_000_000, 1_400_000_000)
  chmodSync(join(root, 'folder 2'), 0o750)
  return { files, bytes }
}

test('a tree of more than 5,000 small files is the same on the other side, both ways', async () => {
  const { files, bytes } = makeTree(join(there, 'tree'))
  const down = await download(join(there, 'tree'), here, lanes)
  expect(await describeTree(join(here, 'tree'))).toEqual(await describeTree(join(there, 'tree')))
  const up = await upload(join(here, 'tree'), join(there, 'tree', 'empty'), lanes)
  expect(await describeTree(join(there, 'tree', 'empty', 'tree'))).toEqual(await describeTree(join(here, 'tree')))
  const expected = { found: files, total: bytes, bytes, files, skipped: 0, scanned: true, failed: [] }
  expect([down, up]).toEqual([expected, expected])
}, 120_000)

/** OpenSSH's own tool, keeping modes and times, and with nothing of this person's configuration. */
function sftp(batch: string) {
  const known = join(folder, 'known_hosts')
  writeFileSync(known, sshd.hostKeys.map((hostKey) => `* ${hostKey}\n`).join(''))
  const options = ['IdentitiesOnly=yes', `UserKnownHostsFile=${known}`, 'StrictHostKeyChecking=yes'].flatMap((option) => ['-o', option])
  const args = ['-q', '-p', '-b', '-', '-F', 'none', '-i', key.path, '-P', `${sshd.port}`, ...options, `${sshd.user}@127.0.0.1`]
  execFileSync('sftp', args, { input: `${batch}\n` })
}

test('what sftp moves and what is moved here are the same, byte by byte and mode by mode, both ways', async () => {
  makeTree(join(there, 'tree'), 5)
  makeFile(join(there, 'tree', 'large'), LARGE, 0o755)
  const [ours, theirs] = [join(here, 'ours'), join(here, 'theirs')]
  for (const place of [ours, theirs]) mkdirSync(place)
  await download(join(there, 'tree'), ours, lanes)
  sftp(`get -r ${join(there, 'tree')} ${theirs}`)
  // Whether sftp keeps a folder's time is its own affair.
  const described = async (place: string) =>
    Object.entries(await describeTree(place)).map(([name, facts]) => [name, facts.startsWith('folder') ? facts.slice(0, 10) : facts])
  expect(await described(join(ours, 'tree'))).toEqual(await described(join(theirs, 'tree')))
  const [up, upTheirs] = [join(there, 'ours'), join(there, 'theirs')]
  for (const place of [up, upTheirs]) mkdirSync(place)
  await upload(join(ours, 'tree'), up, lanes)
  sftp(`put -r ${join(theirs, 'tree')} ${upTheirs}/tree`)
  expect(await described(join(up, 'tree'))).toEqual(await described(join(upTheirs, 'tree')))
}, 120_000)

test('links in a tree are skipped and told, and lead nowhere in either direction', async () => {
  const outside = join(folder, `outside-${count}`)
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret'), 'secret')
  for (const side of [here, there]) {
    mkdirSync(join(side, 'tree'))
    writeFileSync(join(side, 'tree', 'own'), side)
    symlinkSync(outside, join(side, 'tree', 'to-folder'))
    symlinkSync(join(outside, 'secret'), join(side, 'tree', 'to-file'))
  }
  mkdirSync(join(here, 'into'))
  mkdirSync(join(there, 'into'))
  const down = await download(join(there, 'tree'), join(here, 'into'), lanes)
  const up = await upload(join(here, 'tree'), join(there, 'into'), lanes)
  expect([down.skipped, up.skipped]).toEqual([2, 2])
  expect([readdirSync(join(here, 'into', 'tree')), readdirSync(join(there, 'into', 'tree'))]).toEqual([['own'], ['own']])
})

test('links that stay in their tree are kept where that is wanted, both ways, and those that lead out are left out', async () => {
  mkdirSync(join(there, 'tree', 'inner'), { recursive: true })
  writeFileSync(join(there, 'tree', 'file'), 'content')
  for (const [target, link] of [
    ['inner', 'tree/to-folder'],
    ['../file', 'tree/inner/to-file'],
    ['nothing', 'tree/broken'],
    ['../../outside', 'tree/inner/out'],
    ['/etc/passwd', 'tree/absolute'],
    ['to-folder/../../x', 'tree/sly'],
  ] as const)
    symlinkSync(target, join(there, link))
  const links = (folder: string) => ['to-folder', 'inner/to-file', 'broken'].map((name) => readlinkSync(join(folder, name)))
  const names = (folder: string) => readdirSync(folder, { recursive: true }).sort()
  mkdirSync(join(there, 'back'))
  for (let time = 0; time < 2; time++) {
    const down = await download(join(there, 'tree'), here, lanes, { keepLinks: true })
    const up = await upload(join(here, 'tree'), join(there, 'back'), lanes, { keepLinks: true })
    expect([down.skipped, down.failed, up.skipped, up.failed]).toEqual([3, [], 0, []])
  }
  const kept = ['broken', 'file', 'inner', 'inner/to-file', 'to-folder', 'to-folder/to-file']
  for (const folder of [join(here, 'tree'), join(there, 'back', 'tree')]) {
    expect([links(folder), names(folder)]).toEqual([['inner', '../file', 'nothing'], kept])
  }
})

test('a link that stands where a folder or a file should go is not followed', async () => {
  const outside = join(folder, `outside-${count}`)
  mkdirSync(outside)
  writeFileSync(join(outside, 'mine'), 'mine')
  for (const [from, to] of [
    [there, join(here, 'into')],
    [here, join(there, 'into')],
  ] as const) {
    mkdirSync(join(from, 'tree', 'sub'), { recursive: true })
    writeFileSync(join(from, 'tree', 'sub', 'file'), 'new')
    writeFileSync(join(from, 'tree', 'mine'), 'new')
    mkdirSync(join(to, 'tree'), { recursive: true })
    symlinkSync(outside, join(to, 'tree', 'sub'))
    symlinkSync(join(outside, 'mine'), join(to, 'tree', 'mine'))
  }
  const down = await download(join(there, 'tree'), join(here, 'into'), lanes)
  const up = await upload(join(here, 'tree'), join(there, 'into'), lanes)
  const codes = [down, up].map(({ failed }) => [...new Set(failed.map(({ code }) => code))])
  expect(codes).toEqual([['TRANSFER_NOT_A_FILE'], ['TRANSFER_NOT_A_FILE']])
  expect([readdirSync(outside), readFileSync(join(outside, 'mine'), 'utf8')]).toEqual([['mine'], 'mine'])
})

test('files that are there already are asked about, and each answer is heeded', async () => {
  for (const name of ['overwrite', 'rename.txt', 'skip']) {
    writeFileSync(join(there, name), 'new')
    writeFileSync(join(here, name), 'old')
  }
  const asked: unknown[] = []
  for (const [name, answer] of [
    ['overwrite', 'overwrite'],
    ['rename.txt', 'rename'],
    ['skip', 'skip'],
  ] as const) {
    await download(join(there, name), here, lanes, {
      settle: async (conflict) => {
        asked.push([conflict.source.size, conflict.target.size])
        return answer
      },
    })
  }
  const read = (name: string) => readFileSync(join(here, name), 'utf8')
  expect(readdirSync(here).sort()).toEqual(['overwrite', 'rename (2).txt', 'rename.txt', 'skip'])
  expect([read('overwrite'), read('rename (2).txt'), read('rename.txt'), read('skip')]).toEqual(['new', 'new', 'old', 'old'])
  expect(asked).toEqual([
    [3, 3],
    [3, 3],
    [3, 3],
  ])
})

test('what /proc holds is downloaded although it says that it is empty', async () => {
  await download('/proc/version', here, lanes)
  expect(readFileSync(join(here, 'version'), 'utf8')).toBe(readFileSync('/proc/version', 'utf8'))
})

test('a file that is not there, and one that is no file, are said by their names', async () => {
  expect([await failureOf(download(join(there, 'no-such'), here, lanes)), await failureOf(download('/dev/null', here, lanes))]).toEqual([
    { code: 'TRANSFER_NOT_FOUND', details: { name: join(there, 'no-such'), side: 'host' } },
    { code: 'TRANSFER_NOT_A_FILE', details: { name: '/dev/null', side: 'host' } },
  ])
})

test('a cancelled transfer says so at once, and its file has no final name', async () => {
  makeFile(join(there, 'large.bin'), LARGE)
  const cancel = new AbortController()
  const failure = await failureOf(
    download(join(there, 'large.bin'), here, lanes, { signal: cancel.signal, onBytes: (bytes) => bytes > 1_000_000 && cancel.abort() }),
  )
  expect([failure.code, existsSync(join(here, 'large.bin'))]).toEqual(['CANCELLED', false])
})

test('names that are not UTF-8 arrive as the bytes that they are, both ways, and are shown escaped', async () => {
  const bytes = (path: string, ...names: Buffer[]) =>
    Buffer.concat([Buffer.from(path), ...names.flatMap((name) => [Buffer.from('/'), name])])
  const names = ['caf\xe9', '\xff\xfe', 'half \xc3', 'ok'].map((name) => Buffer.from(name, 'latin1'))
  const [inner = Buffer.alloc(0)] = names
  mkdirSync(bytes(join(there, 'tree'), inner), { recursive: true })
  for (const name of names.slice(1)) writeFileSync(bytes(join(there, 'tree'), inner, name), name)
  const contents = (folder: string) =>
    readdirSync(bytes(folder, inner), { encoding: 'buffer' })
      .map((name) => [name.toString('hex'), readFileSync(bytes(folder, inner, name)).toString('hex')])
      .sort()
  const expected = names.slice(1).map((name) => [name.toString('hex'), name.toString('hex')])
  await download(join(there, 'tree'), here, lanes)
  expect(contents(join(here, 'tree'))).toEqual(expected.sort())
  await upload(join(here, 'tree'), join(there, 'tree'), lanes)
  expect(contents(join(there, 'tree', 'tree'))).toEqual(expected)
  expect(await failureOf(download(`${there}/tree/caf\udce9/nothing \udcff`, here, lanes))).toEqual({
    code: 'TRANSFER_NOT_FOUND',
    details: { name: `${there}/tree/caf\\xe9/nothing \\xff`, side: 'host' },
  })
})
