import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSessionLog } from '../../../core/terminals/session-log.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

let host: KnownHost
let core: TestCore

beforeAll(async () => {
  host = await startKnownHost()
})
afterAll(() => host.remove())
beforeEach(async () => {
  core = await startCore(host.home)
})
afterEach(() => core.close())

async function open() {
  const { id } = await core.client.terminals.open({ target: host.target, size: { cols: 80, rows: 24 } })
  const terminal = core.attach(id)
  await terminal.until('ready> ')
  return { id, terminal }
}

test('a log holds what the host printed, and never what it hid as it was typed', async () => {
  const { id, terminal } = await open()
  const { path } = await core.client.terminals.startLog({ id, format: 'plain' })
  expect(path).toMatch(/mooring-data\/logs\/127_0_0_1 \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.log$/)
  await core.terminal(id, ({ log }) => log?.path === path && log?.format === 'plain')
  terminal.send(
    `printf '\\033[31mred\\033[0m\\n'; stty -echo; printf 'Pass%s: ' word; read p; stty echo; echo "got $(printf %s "$p" | wc -c)"\r`,
  )
  await terminal.until('Password: ')
  terminal.send('hunter2-secret\r')
  await terminal.until('got 14')
  await core.client.terminals.stopLog({ id })
  terminal.send('echo after-$((40+2))\r')
  await terminal.until('after-42')
  const text = readFileSync(path ?? '', 'utf8')
  expect(text).toContain('\nred\n')
  expect(text).toContain('Password: ')
  expect(text).toContain('got 14')
  expect(text).not.toMatch(/hunter2|after-42/)
  expect(text).not.toContain('\u001b')
  expect(statSync(path ?? '').mode & 0o777).toBe(0o600)
})

test('a raw log holds every byte, and is whole when the app ends', async () => {
  const { id, terminal } = await open()
  const { path } = await core.client.terminals.startLog({ id, format: 'raw' })
  terminal.send(`printf '\\033[31mred\\033[0m\\n'; seq 1 2000; echo end-$((40+2))\r`)
  await terminal.until('end-42')
  await core.close()
  const text = readFileSync(path ?? '', 'utf8')
  expect(text).toContain('\u001b[31mred\u001b[0m')
  expect(text).toContain('\r\n2000\r\nend-42')
  core = await startCore(host.home)
})

test('the desktop asks where it goes, and a person who cancels has none', async () => {
  await core.close()
  const chosen = [join(host.home, 'chosen.log')]
  core = await startCore(host.home, {}, { chooseFiles: async (what) => (what === 'log' ? chosen : []) })
  const { id } = await open()
  expect(await core.client.terminals.startLog({ id, format: 'plain' })).toEqual({ path: chosen[0] })
  chosen.length = 0
  expect(await core.client.terminals.startLog({ id, format: 'plain' })).toEqual({})
})

test('a file that cannot be written is said', async () => {
  await core.close()
  mkdirSync(join(host.home, 'folder.log'))
  core = await startCore(host.home, {}, { chooseFiles: async () => [join(host.home, 'folder.log')] })
  const { id } = await open()
  await expect(core.client.terminals.startLog({ id, format: 'plain' })).rejects.toMatchObject({
    data: { code: 'STORE_NOT_WRITABLE', details: { problem: 'EISDIR' } },
  })
})

test('a log that is full begins anew, and the oldest goes', async () => {
  const folder = join(host.home, 'rotating')
  const path = join(folder, 'a.log')
  const log = await openSessionLog({ path, format: 'raw', limitBytes: 100, onFailed: (error) => expect.unreachable(error.message) })
  for (let number = 0; number < 20; number += 1) log.write(Buffer.from(`${String(number).padStart(2, '0')}${'x'.repeat(47)}\n`))
  await log.close()
  expect(readdirSync(folder).toSorted()).toEqual(['a.log', 'a.log.1', 'a.log.2', 'a.log.3', 'a.log.4', 'a.log.5'])
  expect(readFileSync(path, 'utf8')).toMatch(/^18x+\n19x+\n$/)
  expect(readFileSync(`${path}.5`, 'utf8')).toMatch(/^08x+\n09x+\n$/)
})
