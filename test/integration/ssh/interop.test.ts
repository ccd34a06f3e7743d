import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { algorithms } from '../../../core/ssh/algorithms.ts'
import { openSftp } from '../../../core/ssh/sftp/sftp.ts'
import { freePort, makeKey, ownMounts, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, printed } from './connecting.ts'
import { startRelay } from './relay.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-interop-'))
const user = userInfo().username
const firstShell = { size: { cols: 80, rows: 24 } }
let key: TestKey
let hostKey: TestKey
let authorizedKeys: string

beforeAll(() => {
  key = makeKey(join(folder, 'key'))
  hostKey = makeKey(join(folder, 'host_key'))
  mkdirSync(join(folder, 'home', '.ssh'), { recursive: true, mode: 0o700 })
  authorizedKeys = join(folder, 'home', '.ssh', 'authorized_keys')
  writeFileSync(authorizedKeys, `${key.publicKey}\n`, { mode: 0o600 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['asyncssh', 'paramiko'])('a server made with Python’s %s', (name) => {
  let server: ChildProcess
  let port: number
  beforeAll(async () => {
    port = await freePort()
    const script = join(import.meta.dirname, '..', '..', 'support', 'peers', `${name}_server.py`)
    // Debian's own Python, which has Debian's packages.
    const child = spawn('/usr/bin/python3', [script, hostKey.path, authorizedKeys, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
    server = child
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve)
      child.once('exit', () => reject(new Error(`${name} did not start`)))
    })
  })
  afterAll(() => void server.kill())

  test('lets the right key in and gives a shell', async () => {
    const o = options(port, { users: ['anybody'], keys: [plainKey(key)], firstShell })
    const connection = await connect(o)
    const shell = await connection.firstShell
    if (!shell) throw new Error('no shell')
    await printed(shell, 'peer> ')
    shell.stream.write('hello\n')
    await printed(shell, 'heard hello')
    shell.stream.resume()
    expect(await shell.exited).toEqual({ code: 5 })
    expect(o.steps.find(({ step }) => step === 'server')?.params.software?.toLowerCase()).toContain(name)
    connection.close()
  })

  test('refuses the wrong key, and what it would take is told', async () => {
    const wrong = plainKey(makeKey(join(folder, `wrong_${name}`)))
    expect(await failureOf(connect(options(port, { users: ['anybody'], keys: [wrong] })))).toMatchObject({
      code: 'AUTHENTICATION_FAILED',
      details: { offered: expect.arrayContaining(['publickey']) },
    })
  })
})

const TINY_CIPHER = 'chacha20-poly1305@openssh.com'
// It reads authorized_keys in the login's home only, so it gets a home of its own, which takes the right to mount.
test.skipIf(!ownMounts)('tinysshd, which knows one algorithm of each kind, lets the right key in and gives a shell', async () => {
  const keys = join(folder, 'tiny')
  execFileSync('/usr/sbin/tinysshd-makekey', [keys])
  // One process a connection, as inetd would start it.
  const listener = createServer((socket) => {
    const inOwnHome = ['-m', 'sh', '-c', 'mount --bind "$0" "$1" && exec /usr/sbin/tinysshd "$2"', join(folder, 'home'), homedir(), keys]
    const child = spawn('unshare', inOwnHome, { stdio: ['pipe', 'pipe', 'ignore'] })
    for (const stream of [socket, child.stdin, child.stdout]) stream.on('error', () => undefined)
    socket.pipe(child.stdin)
    child.stdout.pipe(socket)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve))
  const o = options(port, { users: [user], keys: [plainKey(key)], firstShell })
  if (![algorithms().cipher].flat().some((cipher) => cipher === TINY_CIPHER)) {
    // Electron's cryptography lacks the only cipher that it knows.
    await expect(connect(o)).rejects.toMatchObject({ code: 'SSH_NO_COMMON_ALGORITHM', details: { theirs: [TINY_CIPHER] } })
    return void listener.close()
  }
  const connection = await connect(o)
  const shell = await connection.firstShell
  if (!shell) throw new Error('no shell')
  shell.stream.write('echo tiny-$((40+2)); exit 5\n')
  await printed(shell, 'tiny-42')
  shell.stream.resume()
  expect(await shell.exited).toEqual({ code: 5 })
  expect(o.steps.find(({ step }) => step === 'algorithms')?.params).toMatchObject({
    hostKey: 'ssh-ed25519',
    cipher: TINY_CIPHER,
  })
  connection.close()
  listener.close()
})

describe('an OpenSSH server', () => {
  test('with a forced command gives that instead of a shell, and its end is told', async () => {
    const sshd = await startSshd({ authorizedKeys: [`command="echo only-this; exit 7" ${key.publicKey}`] })
    const connection = await connect(options(sshd.port, { users: [user], keys: [plainKey(key)], firstShell }))
    const shell = await connection.firstShell
    if (!shell) throw new Error('no shell')
    await printed(shell, 'only-this')
    shell.stream.resume()
    expect(await shell.exited).toEqual({ code: 7 })
    connection.close()
    await sshd.stop()
  })

  test('with a banner as large as a packet may be (RFC 4253, 6.1) is logged in to all the same, and little of it is kept', async () => {
    const banner = join(folder, 'banner')
    writeFileSync(banner, `${'All activity is logged. '.repeat(1_300)}\n`)
    const sshd = await startSshd({ authorizedKeys: [key.publicKey], config: [`Banner ${banner}`] })
    const o = options(sshd.port, { users: [user], keys: [plainKey(key)] })
    const connection = await connect(o)
    const said = o.steps.find(({ step }) => step === 'server-says')?.params.text ?? ''
    expect([said.startsWith('All activity is logged.'), said.length < 2_100]).toEqual([true, true])
    connection.close()
    await sshd.stop()
  })

  // OpenSSH locks nobody up but as root, in a folder that is root's all the way up.
  test.skipIf(!ownMounts)('that locks people into a folder for SFTP gives that, and says itself that there is no shell', async () => {
    const cage = mkdtempSync('/run/mooring-cage-')
    chmodSync(cage, 0o755)
    writeFileSync(join(cage, 'only-this'), '')
    const sshd = await startSshd({ authorizedKeys: [key.publicKey], config: [`ChrootDirectory ${cage}`, 'ForceCommand internal-sftp'] })
    const connection = await connect(options(sshd.port, { users: [user], keys: [plainKey(key)], firstShell }))
    const shell = await connection.firstShell
    if (!shell) throw new Error('no shell')
    await printed(shell, 'This service allows sftp connections only.')
    shell.stream.resume()
    expect(await shell.exited).toEqual({ code: 1 })
    const sftp = await openSftp(connection.raw)
    const { entries } = await sftp.list(Buffer.from('/'), { most: 100 })
    expect(entries.map(({ name }) => name.toString())).toEqual(['only-this'])
    sftp.end()
    connection.close()
    await sshd.stop()
    rmSync(cage, { recursive: true })
  })

  test('at an IPv6 address is reached like any other', async () => {
    const sshd = await startSshd({ authorizedKeys: [key.publicKey] })
    const relay = await startRelay(sshd.port, '::1')
    const connection = await connect(options(relay.port, { address: '::1', users: [user], keys: [plainKey(key)] }))
    connection.close()
    relay.close()
    await sshd.stop()
  })
})
