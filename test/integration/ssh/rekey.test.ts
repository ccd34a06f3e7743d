import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SFTPWrapper } from 'ssh2'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Connection, ConnectOptions } from '../../../core/ssh/connect.ts'
import { REKEY_LIMIT } from '../../../core/ssh/rekey.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, options, plainKey, printed } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-rekey-'))
const size = { cols: 80, rows: 24 }
let key: TestKey
let quiet: Sshd
let eager: Sshd
let connection: Connection | undefined
let exchanges = 0

beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  quiet = await startSshd({ authorizedKeys: [key.publicKey], config: ['RekeyLimit 8G none'] })
  eager = await startSshd({ authorizedKeys: [key.publicKey], config: ['RekeyLimit 1M 1s'] })
})
afterEach(() => connection?.close())
afterAll(async () => {
  await Promise.all([quiet.stop(), eager.stop()])
  rmSync(folder, { recursive: true, force: true })
})

async function open({ port, user }: Sshd, overrides: Partial<ConnectOptions> = {}) {
  const opened = await connect(options(port, { users: [user], keys: [plainKey(key)], ...overrides }))
  connection = opened
  exchanges = 0
  opened.raw.on('handshake', () => {
    exchanges += 1
  })
  return opened
}

/** Up, down and compared, with a shell that answers meanwhile. */
async function carry(connection: Connection, bytes: number) {
  const data = randomBytes(bytes)
  const path = join(folder, `carried-${bytes}`)
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
    connection.raw.sftp((error, channel) => (error ? reject(error) : resolve(channel))),
  )
  const shell = await connection.openShell({ size })
  const answered = printed(shell, 'sum=42')
  await new Promise<void>((resolve, reject) => sftp.writeFile(path, data, (error) => (error ? reject(error) : resolve())))
  shell.stream.write('echo sum=$((40+2))\n')
  const back = await new Promise<Buffer>((resolve, reject) => sftp.readFile(path, (error, read) => (error ? reject(error) : resolve(read))))
  await answered
  const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex')
  expect(hash(back)).toBe(hash(data))
}

test('the limits are a gigabyte and an hour', () => {
  expect(REKEY_LIMIT).toEqual({ bytes: 1024 ** 3, ms: 3_600_000 })
})

test('new keys are asked for after so many bytes either way, and nothing is lost over it', async () => {
  const opened = await open(quiet, { rekeyLimit: { bytes: 1024 * 1024, ms: 3_600_000 } })
  await carry(opened, 8 * 1024 * 1024)
  expect(exchanges).toBeGreaterThanOrEqual(10)
})

test('and after so much time', async () => {
  const opened = await open(quiet, { rekeyLimit: { bytes: 2 ** 30, ms: 100 } })
  await vi.waitFor(() => expect(exchanges).toBeGreaterThanOrEqual(3), 5_000)
  await carry(opened, 1024 * 1024)
})

test('a server that asks for them gets them, also when both ask at once', async () => {
  const opened = await open(eager, { rekeyLimit: { bytes: 700_000, ms: 300 } })
  await carry(opened, 16 * 1024 * 1024)
  expect(exchanges).toBeGreaterThanOrEqual(20)
})

test('without either limit reached nothing is exchanged', async () => {
  const opened = await open(quiet)
  await carry(opened, 2 * 1024 * 1024)
  expect(exchanges).toBe(0)
})
