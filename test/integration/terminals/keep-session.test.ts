import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-keep-'))
const hosts: KnownHost[] = []
let core: TestCore

/** A host that has these programs only. */
async function startHost(...programs: string[]): Promise<KnownHost> {
  const bin = mkdtempSync(join(folder, 'bin-'))
  for (const program of ['sh', 'ps', ...programs])
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program))
  mkdirSync(join(bin, 'run'), { mode: 0o700 })
  const environment = `PATH=${bin} TMUX_TMPDIR=${bin} SCREENDIR=${join(bin, 'run')} HOME=${folder} SHELL=/bin/sh ENV= PS1=ready>`
  const host = await startKnownHost({ config: ['ForceCommand none', `SetEnv ${environment}`] })
  hosts.push(host)
  return host
}
afterEach(() => core.close())
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.remove()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(host: KnownHost) {
  const target = { ...host.target, choices: { ...host.target.choices, keepSession: true } }
  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  const terminal = core.attach(id)
  const state = await core.terminal(id, ({ phase }) => phase.kind === 'open')
  return { id, terminal, state }
}

/** Of the test's own sshd, whose children hold the connections. */
function killServing({ sshd }: KnownHost) {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(sshd.pid)], { encoding: 'utf8' })
  for (const pid of children.split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL')
}

test.each(['tmux', 'screen'])('what runs in %s goes on while the connection is lost, and the terminal comes back to it', async (tool) => {
  const host = await startHost(tool)
  core = await startCore(host.home)
  const first = await open(host)
  expect(first.state.kept).toEqual({ by: tool, name: 'mooring-1' })
  first.terminal.send('KEPT=41; echo set-$((KEPT+0))\r')
  await first.terminal.until('set-41')

  const second = await open(host)
  expect(second.state.kept?.name).toBe('mooring-2')
  second.terminal.send('echo "other-[$KEPT]"\r')
  await second.terminal.until('other-[]')

  killServing(host)
  await core.terminal(first.id, ({ phase }) => phase.kind === 'lost')
  await core.terminal(first.id, ({ phase }) => phase.kind === 'open')
  first.terminal.send('echo back-$((KEPT+1))\r')
  await first.terminal.until('back-42')
  for (const { terminal } of [first, second]) terminal.send('exit\r')
  for (const { terminal } of [first, second]) await terminal.untilControl('exit')
})

test('a host that has neither gives a shell, and that is said', async () => {
  const host = await startHost()
  core = await startCore(host.home)
  const { terminal, state } = await open(host)
  expect(state.kept?.by).toBe('none')
  terminal.send('echo here-$((1+1))\r')
  await terminal.until('here-2')
})
