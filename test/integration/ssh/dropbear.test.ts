import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, makeKey, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, printed } from './connecting.ts'

// Another implementation of SSH than OpenSSH's, as small devices and rescue systems have it. It reads nothing but the
// authorized_keys in the login's home, so it gets a home of its own, which takes the right to mount.
const ownMounts = spawnSync('unshare', ['-m', 'true']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'mooring-dropbear-'))
const home = join(folder, 'home')
const user = userInfo().username
let port: number
let key: TestKey
let stop: () => void

beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 })
  writeFileSync(join(home, '.ssh', 'authorized_keys'), `${key.publicKey}\n`, { mode: 0o600 })
  const hostKey = join(folder, 'host_key')
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', hostKey], { stdio: 'ignore' })
  port = await freePort()
  const dropbear = ['/usr/sbin/dropbear', '-F', '-E', '-s', '-r', hostKey, '-p', `127.0.0.1:${port}`, '-P', join(folder, 'pid')]
  const inOwnHome = ['unshare', '-m', 'sh', '-c', `mount --bind "$0" "$1" && shift && exec "$@"`, home, homedir()]
  const [program = '', ...args] = ownMounts ? [...inOwnHome, ...dropbear] : dropbear
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  stop = () => server.kill()
  await new Promise((resolve) => server.stderr.once('data', resolve))
})
afterAll(() => {
  stop()
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(!ownMounts)('dropbear lets the right key in and gives a shell', async () => {
  const o = options(port, { users: [user], keys: [plainKey(key)], firstShell: { size: { cols: 80, rows: 24 } } })
  const connection = await connect(o)
  const shell = await connection.firstShell
  shell?.stream.write('echo bear-$((40+2)); exit 5\n')
  expect(shell && (await printed(shell, 'bear-42'))).toContain('bear-42')
  shell?.stream.resume()
  expect(await shell?.exited).toEqual({ code: 5 })
  connection.close()
})

test('dropbear names itself, and says what it would take', async () => {
  const o = options(port, { users: [user], keys: [plainKey(makeKey(join(folder, 'wrong')))] })
  const failure = await failureOf(connect(o))
  expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { offered: ['publickey'], tooMany: false } })
  expect(o.steps.find(({ step }) => step === 'server')?.params.software).toMatch(/^dropbear/)
})
