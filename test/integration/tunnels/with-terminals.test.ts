import { writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TunnelState } from '../../../contract/models/tunnel.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { freePort } from '../../support/sshd.ts'

let host: KnownHost
let core: TestCore
let program: Server
const size = { cols: 80, rows: 24 }

beforeAll(async () => {
  program = createServer((socket) => socket.end('said by the program'))
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve))
})
afterAll(() => program.close())
beforeEach(async () => {
  host = await startKnownHost()
  core = await startCore(host.home)
})
afterEach(async () => {
  await core.close()
  await host.remove()
})
const programPort = () => (program.address() as AddressInfo).port

function configure(...lines: string[]) {
  const section = ['HostName 127.0.0.1', `Port ${host.sshd.port}`, `User ${host.sshd.user}`, ...lines]
  writeFileSync(join(host.home, '.ssh', 'config'), `Host box\n${section.map((line) => `  ${line}\n`).join('')}`)
}
async function open(): Promise<string> {
  const { id } = await core.client.terminals.open({ target: { kind: 'host', host: 'box' }, size })
  await core.attach(id).until('ready> ')
  return id
}
async function answer(kind: 'yes' | 'no') {
  const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
  await core.client.prompts.answer({ id: asked.id, answer: { kind } })
  return asked.question
}
async function tunnels(test: (all: readonly TunnelState[]) => boolean): Promise<readonly TunnelState[]> {
  return until(await core.client.tunnels.watch(), (all) => (test(all) ? all : undefined))
}
const are = (kind: TunnelState['phase']['kind'], count: number) => (all: readonly TunnelState[]) =>
  all.length === count && all.every(({ phase }) => phase.kind === kind)
async function restart() {
  await core.close()
  core = await startCore(host.home)
}
const reads = (port: number) => new Promise((resolve) => connect(port, '127.0.0.1').once('data', (said) => resolve(String(said))))

test('forwards of ssh_config are offered with the first terminal, go with the terminals, and are not asked about again', async () => {
  const [here, there, socks] = [await freePort(), await freePort(), await freePort()]
  configure(
    `LocalForward ${here} 127.0.0.1:${programPort()}`,
    `RemoteForward ${there} localhost:${programPort()}`,
    `DynamicForward ${socks}`,
  )
  const first = await open()
  expect(await answer('yes')).toEqual({
    kind: 'open-forwards',
    host: 'box',
    forwards: [
      { kind: 'local', bindAddress: '127.0.0.1', bindPort: here, toHost: '127.0.0.1', toPort: programPort() },
      { kind: 'remote', bindAddress: '127.0.0.1', bindPort: there, toHost: 'localhost', toPort: programPort() },
      { kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: socks },
    ],
  })
  await tunnels(are('open', 3))
  expect([await reads(here), await reads(there)]).toEqual(['said by the program', 'said by the program'])

  const second = await open()
  await core.client.terminals.close({ id: first })
  await tunnels(are('open', 3))
  await core.client.terminals.close({ id: second })
  await tunnels(are('stopped', 3))

  await restart()
  await tunnels(are('stopped', 3))
  await open()
  await tunnels(are('open', 3))
  expect((await until(await core.client.prompts.watch(), (prompts) => prompts)).length).toBe(0)
})

test('who declines is not asked again while the file says the same, and is asked about what is new', async () => {
  const [one, other] = [await freePort(), await freePort()]
  configure(`LocalForward ${one} localhost:80`)
  await open()
  await answer('no')
  await restart()
  await open()
  configure(`LocalForward ${one} localhost:80`, `LocalForward *:${other} localhost:81`)
  await open()
  expect(await answer('no')).toMatchObject({ forwards: [{ bindPort: one }, { bindAddress: '0.0.0.0', bindPort: other }] })
  await tunnels((all) => all.length === 0)
})

test('what cannot be followed is told, and the rest is offered', async () => {
  const port = await freePort()
  configure(
    'RemoteForward 1080',
    `LocalForward ${port} localhost:80`,
    'LocalForward /tmp/a.sock localhost:80',
    'RemoteForward 0 localhost:80',
  )
  const id = await open()
  expect(await answer('no')).toMatchObject({ forwards: [{ kind: 'local', bindPort: port }] })
  const { trace } = await core.terminal(id, ({ phase }) => phase.kind === 'open')
  expect(trace.filter(({ step }) => step === 'not-followed').map(({ params }) => params.directive)).toEqual([
    'remoteforward',
    'localforward',
    'remoteforward',
  ])
})
