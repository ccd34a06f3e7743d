import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Connection, ConnectOptions } from '../../../core/ssh/connect.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, printed } from './connecting.ts'
import { startRelay } from './relay.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-connection-'))
const size = { cols: 100, rows: 30 }
let key: TestKey
let sshd: Sshd
let connection: Connection

beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  sshd = await startSshd({ authorizedKeys: [key.publicKey] })
})
afterEach(() => connection.close())
afterAll(async () => {
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(server: Pick<Sshd, 'port' | 'user'> = sshd, overrides: Partial<ConnectOptions> = {}): Promise<Connection> {
  connection = await connect(options(server.port, { users: [server.user], keys: [plainKey(key)], ...overrides }))
  return connection
}

describe('a shell', () => {
  test('has the size it was asked for, and another one when the window changes', async () => {
    const shell = await (await open()).openShell({ size })
    shell.stream.write('stty size\n')
    expect(await printed(shell, /\d+ \d+\r\n/)).toContain('30 100')
    shell.resize({ cols: 132, rows: 43 })
    shell.stream.write('stty size; echo "$TERM"\n')
    expect(await printed(shell, 'xterm-256color')).toContain('43 132')
  })

  test('tells its exit status after everything it printed', async () => {
    const shell = await (await open()).openShell({ size })
    let text = ''
    shell.stream.on('data', (chunk: Buffer) => {
      text += chunk
    })
    shell.stream.write('echo last-$((1+1)); exit 42\n')
    expect(await shell.exited).toEqual({ code: 42 })
    expect(text).toContain('last-2')
  })

  test('that nobody reads is sent little more, so that a key is soon answered, and goes on once it is read', async () => {
    const shell = await (await open()).openShell({ size })
    shell.stream.pause()
    // What the server may send is in before its answer on the other shell, which shares the connection.
    shell.stream.write("head -c 3000000 /dev/zero | tr '\\0' x; echo end-$((1+1))\n")
    for (let turn = 0; turn < 20; turn++) {
      const other = await connection.openShell({ size })
      other.stream.write(`echo turn-$((${turn}))-\n`)
      await printed(other, `turn-${turn}-`)
      other.close()
    }
    expect(shell.stream.readableLength).toBeGreaterThan(64 * 1024)
    expect(shell.stream.readableLength).toBeLessThanOrEqual(128 * 1024)
    const rest = printed(shell, 'end-2')
    shell.stream.resume()
    expect((await rest).length).toBeGreaterThan(3_000_000)
  })

  test('tells the signal that ended it', async () => {
    const shell = await (await open()).openShell({ size })
    shell.stream.resume()
    shell.stream.write('kill -KILL $$\n')
    expect(await shell.exited).toEqual({ signal: 'SIGKILL' })
  })

  test('goes on without a terminal where the host gives none, with what goes wrong on its own stream', async () => {
    const host = await startSshd({ authorizedKeys: [`no-pty ${key.publicKey}`] })
    const shell = await (await open(host)).openShell({ size })
    const wrong = new Promise((resolve) => shell.stream.stderr.once('data', (chunk) => resolve(String(chunk))))
    shell.stream.resume()
    shell.stream.write('echo oops >&2; exit 1\n')
    expect(await wrong).toContain('oops')
    expect(await shell.exited).toEqual({ code: 1 })
    await host.stop()
  })

  test('beyond what the host allows on one connection is refused with the reason', async () => {
    const host = await startSshd({ authorizedKeys: [key.publicKey], config: ['MaxSessions 1'] })
    const first = await (await open(host)).openShell({ size })
    expect(await failureOf(connection.openShell({ size }))).toEqual({
      code: 'SHELL_REFUSED',
      details: { host: `127.0.0.1:${host.port}`, problem: 'no-session' },
    })
    first.stream.write('echo still-$((1+1))\n')
    await printed(first, 'still-2')
    connection.close()
    await host.stop()
  })

  test('opened and closed two hundred times leaves nothing behind', async () => {
    await open()
    const manager = (connection.raw as unknown as { _chanMgr: { _count: number } })._chanMgr // what ssh2 holds
    const listeners = connection.raw.eventNames().map((name) => connection.raw.listenerCount(name))
    for (let round = 0; round < 40; round++) {
      const shells = await Promise.all(Array.from({ length: 5 }, () => connection.openShell({ size })))
      for (const shell of shells) shell.close()
      await Promise.all(shells.map((shell) => shell.exited))
    }
    expect(manager._count).toBe(0)
    expect(connection.raw.eventNames().map((name) => connection.raw.listenerCount(name))).toEqual(listeners)
  })
})

describe('a connection', () => {
  test('that is closed here says so, and takes no further shell', async () => {
    await open()
    connection.close()
    expect(await connection.closed).toBeUndefined()
    expect(await failureOf(connection.openShell({ size }))).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  test('measures the round trip', async () => {
    await open()
    const measured = connection.roundTripMs.value ?? (await new Promise((resolve) => connection.roundTripMs.subscribe(resolve)))
    expect(measured).toBeGreaterThan(0)
  })

  test('that the host ends is lost, and so is its shell', async () => {
    const shell = await (await open()).openShell({ size })
    shell.stream.resume()
    killServing()
    expect(await connection.closed).toMatchObject({ code: 'CONNECTION_LOST', details: { host: `127.0.0.1:${sshd.port}` } })
    expect(await shell.exited).toEqual({})
  })

  test('that falls silent is lost once its keep-alives stay unanswered', async () => {
    const relay = await startRelay(sshd.port)
    await open({ ...sshd, port: relay.port }, { keepAlive: { intervalMs: 30, misses: 3 } })
    await new Promise<void>((resolve) => {
      const stop = connection.roundTripMs.subscribe(() => {
        stop()
        resolve()
      })
    })
    relay.freeze()
    expect(await connection.closed).toMatchObject({ code: 'CONNECTION_LOST', details: { reason: 'timeout' } })
    relay.close()
  })

  test('that is cut in the middle is lost', async () => {
    const relay = await startRelay(sshd.port)
    await open({ ...sshd, port: relay.port })
    relay.reset()
    expect(await connection.closed).toMatchObject({ code: 'CONNECTION_LOST', details: { reason: 'reset' } })
    relay.close()
  })
})

/** The children of this test's own sshd, which hold its connections. */
function killServing() {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(sshd.pid)], { encoding: 'utf8' })
  for (const pid of children.split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL')
}
