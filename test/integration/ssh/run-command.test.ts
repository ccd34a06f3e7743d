import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../core/ssh/connect.ts'
import { runCommand } from '../../../core/ssh/run-command.ts'
import { makeKey, type Sshd, startSshd } from '../../support/sshd.ts'
import { connect, options, plainKey } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-command-'))
let sshd: Sshd
let connection: Connection

beforeAll(async () => {
  const key = makeKey(join(folder, 'key'))
  sshd = await startSshd({ authorizedKeys: [key.publicKey], config: ['MaxSessions 2'] })
  connection = await connect(options(sshd.port, { users: [sshd.user], keys: [plainKey(key)] }))
})
afterAll(async () => {
  connection.close()
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (command: string, more = {}) => runCommand(connection.raw, 'web', command, more)

test('its input, its output, what it complains of and how it ended', async () => {
  expect(await run('cat; printf "\\033[31mno\\n" >&2; exit 3', { input: 'ñandú €\n' })).toEqual({
    code: 3,
    output: 'ñandú €\n',
    said: 'no',
  })
  expect((await run('cat', { input: Buffer.of(0xff, 0x00, 0x41), encoding: 'latin1' })).output).toBe('\xff\0A')
  expect(await run('kill -9 $$')).toMatchObject({ code: undefined })
})

test('a letter of several bytes that comes in pieces is one letter', async () => {
  expect((await run('printf "\\342"; sleep 0.1; printf "\\202\\254"')).output).toBe('€')
  const pieces: string[] = []
  let count = 0
  const onOutput = (text: string, bytes: number) => {
    pieces.push(text)
    count += bytes
  }
  expect((await run('printf "\\342"; sleep 0.1; printf "\\202\\254"', { onOutput })).output).toBe('')
  expect([pieces.join(''), count]).toEqual(['€', 3])
})

test('input may come piece by piece', async () => {
  async function* pieces() {
    for (let number = 0; number < 64; number++) yield Buffer.alloc(64 * 1024, number)
  }
  expect((await run('wc -c', { input: pieces() })).output.trim()).toBe(String(64 * 64 * 1024))
})

test('one that prints without end is ended, and the connection goes on', async () => {
  const { code, output } = await run('yes')
  expect(code).toBeUndefined()
  expect(output.length).toBeLessThan(2 * 1024 * 1024)
  expect((await run('echo on')).output).toBe('on\n')
})

test('a cancel ends the wait; what may not begin, and what a lost connection leaves unsaid, are told apart', async () => {
  const over = new AbortController()
  const waiting = run('echo begun; sleep 1', { signal: over.signal, onOutput: () => over.abort() })
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect(run('echo', { signal: over.signal })).rejects.toThrow()
  // Both sessions that the host allows are free again.
  const said = (command: string) =>
    run(command).then(
      ({ code }) => code,
      ({ code }) => code,
    )
  await expect.poll(() => Promise.all([said('sleep 0.1'), said('sleep 0.1')])).toEqual([0, 0])

  const listeners = connection.raw.listenerCount('close')
  const held = [run('sleep 1000'), run('sleep 1000')].map((one) => one.catch((error) => error.code))
  await expect.poll(() => said('echo')).toBe('SHELL_REFUSED')
  await expect.poll(() => connection.raw.listenerCount('close')).toBe(listeners)
  connection.close()
  expect(await Promise.all(held)).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST'])
  await expect(run('echo')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
})
