import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCore, type TestCore } from '../../support/core.ts'

const size = { cols: 90, rows: 30 }
let home: string
let core: TestCore

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-local-')))
  const ours = { SHELL: '/bin/sh', ENV: '', PS1: 'ready> ', PATH: process.env.PATH ?? '', ELECTRON_RUN_AS_NODE: '1' }
  core = await startCore(home, ours)
})
afterEach(async () => {
  await core.close()
  rmSync(home, { recursive: true, force: true })
})

async function open() {
  const { id } = await core.client.terminals.open({ target: { kind: 'local' }, size })
  const terminal = core.attach(id)
  await terminal.until('ready> ')
  return { id, terminal }
}

test('the own shell of this computer begins at home, has the size of the page, and nothing of how the app was started', async () => {
  const { id, terminal } = await open()
  expect(await core.terminal(id, ({ phase }) => phase.kind === 'open')).toMatchObject({ name: 'sh', trace: [], shared: false })
  terminal.send('pwd; stty size; echo [$ELECTRON_RUN_AS_NODE] $TERM $COLORTERM sum=$((20+3))\r')
  const said = await terminal.until('sum=23')
  expect(said).toContain(`${home}\r\n30 90\r\n[] xterm-256color truecolor`)
  terminal.control({ kind: 'resize', cols: 70, rows: 20 })
  terminal.send('stty size\r')
  await terminal.until('20 70')
})

test('it ends with its status, and comes back on the same screen', async () => {
  const { id, terminal } = await open()
  terminal.send('exit 3\r')
  await core.terminal(id, ({ phase }) => phase.kind === 'exited' && phase.exit.code === 3)
  await core.client.terminals.reconnect({ id })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  terminal.send('kill -TERM $$; kill -KILL $$\r')
  await core.terminal(id, ({ phase }) => phase.kind === 'exited' && phase.exit.signal !== undefined)
})

test('a flood waits for the page, comes whole, and a closed tab ends the shell', async () => {
  const { id, terminal } = await open()
  terminal.send('seq 200000; echo all=$((20+4))\r')
  await terminal.until('all=24')
  expect(terminal.received).toBeGreaterThan(1_300_000)
  terminal.send('echo pid=$$.\r')
  const [, pid] = (await terminal.until(/pid=\d+\./)).match(/pid=(\d+)\./) ?? []
  await core.client.terminals.close({ id })
  await expect.poll(() => isAlive(Number(pid)), { timeout: 10_000 }).toBe(false)
})

test('a shell that is not there is said, and one can choose among those that are', async () => {
  const shells = await core.client.terminals.shells()
  expect(shells[0]).toEqual({ id: 'sh', name: 'sh' })
  expect(shells.map(({ name }) => name)).toContain('bash')
  const { id } = await core.client.terminals.open({ target: { kind: 'local', shell: 'none-such' }, size })
  const { phase } = await core.terminal(id, (state) => state.phase.kind === 'failed')
  expect(phase).toMatchObject({ error: { code: 'LOCAL_SHELL_FAILED', details: { shell: 'none-such', problem: 'missing' } } })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
