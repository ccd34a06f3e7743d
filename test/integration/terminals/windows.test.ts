import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TerminalState } from '../../../contract/models/terminal.ts'
import { openPage, startCore, type TestCore } from '../../support/core.ts'

let home: string
let core: TestCore

const start = (more: Parameters<typeof startCore>[2] = {}) => startCore(home, { PATH: process.env.PATH ?? '', SHELL: '/bin/sh' }, more)
const size = { cols: 80, rows: 24 }

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mooring-windows-'))
  core = await start()
})
afterEach(async () => {
  await core.close()
  await rm(home, { recursive: true, force: true })
})

async function open(window?: string): Promise<string> {
  const { id } = await core.client.terminals.open({ target: { kind: 'local' }, size, ...(window ? { window } : {}) })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  return id
}

async function told(): Promise<readonly TerminalState[]> {
  for await (const terminals of await core.client.terminals.watch()) return terminals
  return []
}

const facts = ({ id, window, phase }: TerminalState) => ({ id, window, phase: phase.kind })

test('a tab that goes to another window takes its shell along, with what it has printed, and the page that had it is let go', async () => {
  const id = await open()
  const before = core.attach(id)
  before.send('MARK=kept; echo first-$((40+2))\r')
  await before.until('first-42')
  await core.client.terminals.move({ ids: [id, 'ended-long-ago'], window: 'w-1' })
  expect((await told()).map(facts)).toEqual([{ id, window: 'w-1', phase: 'open' }])

  const after = core.attach(id)
  await before.closed
  await after.until('first-42')
  after.send('echo again-$MARK\r')
  await after.until('again-kept')
  await core.client.terminals.move({ ids: [id] })
  expect((await told()).map(facts)).toEqual([{ id, window: undefined, phase: 'open' }])
})

test('it is told which windows have a page, for as long as each listens', async () => {
  const main = await core.client.appWindows.watch({ id: 'main' })
  const leaving = new AbortController()
  const own = await core.client.appWindows.watch({ id: 'w-1' }, { signal: leaving.signal })
  expect((await own.next()).value).toEqual(['main', 'w-1'])
  leaving.abort()
  const until = async (wanted: string) => {
    while (String((await main.next()).value) !== wanted);
  }
  await until('main')
  // A page that is closed says nothing first: its port goes.
  const page = openPage(core.openPort)
  await (await page.client.appWindows.watch({ id: 'w-2' })).next()
  page.close()
  await until('main')
})

test('the tabs of the last time are there at the next start, in their windows, and are connected when somebody asks', async () => {
  const first = await open()
  const second = await open('w-1')
  await core.close()
  core = await start()
  expect((await told()).map(facts)).toEqual([
    { id: first, window: undefined, phase: 'failed' },
    { id: second, window: 'w-1', phase: 'failed' },
  ])
  await core.client.terminals.reconnect({ id: second })
  expect(facts(await core.terminal(second, ({ phase }) => phase.kind === 'open'))).toEqual({ id: second, window: 'w-1', phase: 'open' })
  await core.client.terminals.close({ id: first })
  await core.close()
  core = await start()
  expect((await told()).map(({ id }) => id)).toEqual([second])
})

test('nothing is kept for those who do not want it, nor shown again by a core that took the place of another', async () => {
  const id = await open()
  await core.close()
  core = await start({ restarted: true })
  expect(await told()).toEqual([])
  await core.close()
  await writeFile(join(home, 'mooring-data', 'tabs.json'), JSON.stringify({ version: 1, value: [{ id, target: { kind: 'local' } }] }))
  core = await start()
  expect(await told()).toHaveLength(1)
  await core.client.settings.change({ keepTabs: false })
  await open()
  await core.close()
  core = await start()
  expect(await told()).toEqual([])
})
