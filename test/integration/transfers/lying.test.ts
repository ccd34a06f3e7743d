import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { type Lies, startLyingServer } from '../../support/lying-server.ts'
import { createWorkshop, describeTree, download, openTestLanes, upload } from '../../support/transfers.ts'
import { failureOf } from '../ssh/connecting.ts'

const { STATUS_CODE } = ssh2.utils.sftp
const { folder, key, remove } = createWorkshop()
afterAll(remove)
let count = 0

async function meet(lies: Lies, patienceMs?: number) {
  const here = join(folder, `${count++}`)
  mkdirSync(here)
  const server = await startLyingServer(lies)
  const lanes = await openTestLanes({ ...server, key }, patienceMs)
  onTestFinished(() => {
    lanes.close()
    server.stop()
  })
  return { lanes, here }
}

const content = Buffer.from('what the server has')
const large = Buffer.alloc(3 * 1024 * 1024, 'x')

test.each([
  ['says that a file is larger than it is', { entries: [{ name: 'file', content, size: 1_000 }] }, 'TRANSFER_SOURCE_CHANGED'],
  ['says so of a large one', { entries: [{ name: 'file', content, size: 50_000_000 }] }, 'TRANSFER_SOURCE_CHANGED'],
  ['says a size that no number holds', { entries: [{ name: 'file', content, size: 2 ** 63 }] }, 'TRANSFER_SERVER_BROKEN garbled'],
  [
    'sends nothing and calls it data',
    { entries: [{ name: 'file', content }], onRead: (sftp, id) => sent(() => sftp.data(id, Buffer.alloc(0))) },
    'TRANSFER_SERVER_BROKEN garbled',
  ],
  [
    'sends more than was asked for',
    {
      entries: [{ name: 'file', content }],
      onRead: (sftp, id) => sent(() => sftp.data(id, Buffer.concat([content, Buffer.from(' and more')]))),
    },
    'TRANSFER_SERVER_BROKEN garbled',
  ],
  [
    'sends without end what it calls empty',
    { entries: [{ name: 'file', content, size: 0 }], onRead: (sftp, id, _, length) => sent(() => sftp.data(id, Buffer.alloc(length))) },
    'TRANSFER_SERVER_BROKEN endless',
  ],
  [
    'answers a question about a file with a handle',
    { entries: [{ name: 'file', content }], onStat: (sftp, id) => sent(() => sftp.handle(id, Buffer.from('no'))) },
    'TRANSFER_SERVER_BROKEN garbled',
  ],
  ['never answers', { entries: [{ name: 'file', content }], onRead: () => true }, 'TRANSFER_SERVER_BROKEN silent'],
  [
    'refuses',
    { entries: [{ name: 'file', content }], onOpen: (sftp, id) => sent(() => sftp.status(id, STATUS_CODE.PERMISSION_DENIED)) },
    'TRANSFER_NOT_ALLOWED host',
  ],
  [
    'fails in the middle with a word of its own',
    {
      entries: [{ name: 'file', content: large }],
      onRead: (sftp, id, position) => position > 1_000_000 && sent(() => sftp.status(id, STATUS_CODE.FAILURE, 'bad\u001b[31m disk')),
    },
    'TRANSFER_FAILED host bad\\x1b[31m disk',
  ],
  [
    'ends the channel in the middle',
    { entries: [{ name: 'file', content: large }], onRead: (sftp, _, position) => position > 1_000_000 && sent(() => sftp.end()) },
    'CONNECTION_LOST closed',
  ],
] satisfies [string, Lies, string][])('a server that %s ends in a sentence and leaves no file of that name', async (_, lies, expected) => {
  const { lanes, here } = await meet(lies, 400)
  const { code, details } = await failureOf(download('/tree/file', here, lanes))
  const { problem, side, reason } = details as Record<string, string>
  expect([code, side, problem, reason].filter(Boolean).join(' ')).toBe(expected)
  expect(existsSync(join(here, 'file'))).toBe(false)
})

function sent(send: () => unknown): true {
  send()
  return true
}

test('a server that gives the same handle for two files gets neither mixed up', async () => {
  const entries = ['one', 'two', 'three', 'four'].map((name) => ({ name, content: Buffer.from(name) }))
  const { lanes, here } = await meet(
    { entries, onOpen: (sftp, id) => sent(() => sftp.handle(id, Buffer.from('same'))), onRead: () => true },
    400,
  )
  expect(await failureOf(download('/tree', here, lanes))).toMatchObject({ code: 'TRANSFER_SERVER_BROKEN' })
  expect(readdirSync(join(here, 'tree'))).toEqual([])
})

test('a server that never answers can be cancelled at once', async () => {
  const { lanes, here } = await meet({ entries: [{ name: 'file', content: large }], onRead: () => true })
  const cancel = new AbortController()
  const failure = failureOf(download('/tree/file', here, lanes, { signal: cancel.signal }))
  cancel.abort()
  expect((await failure).code).toBe('CANCELLED')
})

test('a server that refuses what it is sent ends the upload in a sentence', async () => {
  const { lanes, here } = await meet({ onWrite: (sftp, id) => sent(() => sftp.status(id, STATUS_CODE.FAILURE, 'no')) })
  writeFileSync(join(here, 'file'), large)
  expect(await failureOf(upload(join(here, 'file'), '/tree', lanes))).toEqual({
    code: 'TRANSFER_FAILED',
    details: { name: '/tree/file', side: 'host', problem: 'no' },
  })
})

test('a folder that never ends can be cancelled', async () => {
  const endless = await meet({
    entries: [],
    onList: (sftp, id) =>
      sent(() =>
        sftp.name(id, [{ filename: 'a', longname: '', attrs: { mode: 0o040755, size: 0, uid: 0, gid: 0, atime: 0, mtime: 0 } as never }]),
      ),
  })
  const cancel = new AbortController()
  const failure = failureOf(download('/tree', endless.here, endless.lanes, { signal: cancel.signal }))
  cancel.abort()
  expect((await failure).code).toBe('CANCELLED')
})

/** Two hundred and more that lead somewhere, if anything follows them. */
const HOSTILE = [
  ...['..', '.', '', '/', '//', '/etc/passwd', '../x', '../../x', 'a/../../x', './x', 'a/b', 'x\0', '\0', '../', '/../..', 'C:/x/y'],
  ...Array.from({ length: 64 }, (_, depth) => `${'../'.repeat(depth + 1)}escaped`),
  ...Array.from({ length: 64 }, (_, depth) => `${'/..'.repeat(depth + 1)}/escaped`),
  ...Array.from({ length: 31 }, (_, code) => `a/${String.fromCharCode(code + 1)}`),
  ...['x', 'é', '漢', '🚢'].flatMap((letter) => [letter.repeat(10_000), letter.repeat(300)]),
  ...Array.from({ length: 32 }, (_, at) => `tree/${'a/'.repeat(at)}..\0x`),
]

test(`${HOSTILE.length} hostile names lead nowhere, each is told, and what is honest beside them arrives`, async () => {
  expect(HOSTILE.length).toBeGreaterThan(200)
  const honest = ['plain.txt', 'a\\..\\b', 'CON', 'nul.txt', 'ünï', '$(touch x)', '`x`', ';rm -rf', '%2e%2e', '..x', 'x..', ' ']
  const { lanes, here } = await meet({ entries: [...honest, ...HOSTILE].map((name) => ({ name, content })) })
  mkdirSync(join(here, 'chosen'))
  const before = await describeTree(folder)
  const told = await download('/tree', join(here, 'chosen'), lanes)
  expect(readdirSync(join(here, 'chosen', 'tree')).sort()).toEqual([...honest].sort())
  const outside = (tree: Record<string, string>) => Object.keys(tree).filter((name) => !name.includes('chosen'))
  expect(outside(await describeTree(folder))).toEqual(outside(before))
  const refused = HOSTILE.filter((name) => name !== '.' && name !== '..')
  expect(told.failed.map(({ code }) => code)).toEqual(refused.map(() => 'TRANSFER_NAME_REFUSED'))
  expect(JSON.stringify(told.failed)).not.toMatch(/\\u0000/)
})

test('a folder that is told to hold the same name twice gives one file', async () => {
  const { lanes, here } = await meet({
    entries: [
      { name: 'twice', content },
      { name: 'twice', content: Buffer.from('other') },
    ],
  })
  const told = await download('/tree', here, lanes)
  expect([readdirSync(join(here, 'tree')), told.failed]).toEqual([
    ['twice'],
    [{ code: 'TRANSFER_NAME_REFUSED', details: { name: 'twice', problem: 'taken' } }],
  ])
  expect(readFileSync(join(here, 'tree', 'twice'), 'utf8')).toBe(content.toString())
})
