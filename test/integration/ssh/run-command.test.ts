import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../core/ssh/connect.ts'
import { runCommand } from '../../../core/ssh/run-command.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, options, plainKey } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-command-'))
let key: TestKey
let sshd: Sshd
let connection: Connection

beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  sshd = await startSshd({ authorizedKeys: [key.publicKey], config: ['MaxSessions 2'] })
  connection = await open()
})
afterAll(async () => {
  connection.close()
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

const open = () => connect(options(sshd.port, { users: [sshd.user], keys: [plainKey(key)] }))
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

test('a cancel ends the wait, and what was cancelled before is not begun', async () => {
  const over = new AbortController()
  const waiting = run('echo begun; sleep 1', { signal: over.signal, onOutput: () => over.abort() })
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect(run(`touch ${folder}/begun`, { signal: over.signal })).rejects.toThrow()
  expect(existsSync(join(folder, 'begun'))).toBe(false)
})

test('what may not begin, and what a lost connection leaves unsaid, are told apart', async () => {
  const other = await open()
  const listeners = other.raw.listenerCount('close')
  const on = (command: string, more = {}) => runCommand(other.raw, 'web', command, more).catch((error) => error.code)
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const held = begun.map(({ resolve }) => on('echo begun; sleep 1000', { onOutput: () => resolve() }))
  await Promise.all(begun.map(({ promise }) => promise))
  expect(await on('echo')).toBe('SHELL_REFUSED')
  expect(other.raw.listenerCount('close')).toBe(listeners)
  other.close()
  expect(await Promise.all(held)).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST'])
  expect(await on('echo')).toBe('CONNECTION_LOST')
})
