import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { startRelay } from '../ssh/relay.ts'

const size = { cols: 80, rows: 24 }

describe('a terminal over a network that fails', () => {
  let host: KnownHost
  let core: TestCore
  let relay: Awaited<ReturnType<typeof startRelay>>

  beforeAll(async () => {
    host = await startKnownHost()
    const [hostKey] = host.sshd.hostKeys
    appendFileSync(join(host.home, '.ssh', 'known_hosts'), `box ${hostKey}\n`)
  })
  afterAll(() => host.remove())
  beforeEach(async () => {
    relay = await startRelay(host.sshd.port)
  })
  afterEach(async () => {
    await core.close()
    relay.close()
  })

  /** A host whose ssh_config says how soon a silence counts. */
  async function open(...lines: string[]): Promise<string> {
    const name = `box-${relay.port}`
    const section = [`Host ${name}`, 'HostName 127.0.0.1', `Port ${relay.port}`, `User ${host.sshd.user}`, 'HostKeyAlias box', ...lines]
    appendFileSync(join(host.home, '.ssh', 'config'), `${section.join('\n')}\n`)
    core = await startCore(host.home)
    const { id } = await core.client.terminals.open({ target: { kind: 'host', host: name }, size })
    await core.attach(id).until('ready> ')
    return id
  }
  const lost = (id: string, waits = 0) =>
    core.terminal(id, ({ phase }) => phase.kind === 'lost' && Date.parse(phase.retryAt ?? '') - Date.now() > waits)

  test('says that a link carries nothing any more, and is back once another one does', async () => {
    const id = await open('ServerAliveInterval 1', 'ServerAliveCountMax 1')
    relay.freeze()
    const { phase } = await lost(id)
    expect(phase).toMatchObject({ error: { code: 'CONNECTION_LOST', details: { reason: 'timeout' } }, retryAt: expect.any(String) })
    await core.terminal(id, ({ phase }) => phase.kind === 'open')
  })

  test('is tried at once when the network is back, not at its next try', async () => {
    const id = await open()
    relay.close()
    const { phase } = await lost(id, 3_000)
    relay = await startRelay(host.sshd.port, '127.0.0.1', relay.port)
    await core.client.app.wake()
    await core.terminal(id, ({ phase }) => phase.kind === 'open')
    expect(phase.kind === 'lost' && Date.parse(phase.retryAt ?? '')).toBeGreaterThan(Date.now())
  })

  test('whose computer slept has to prove its connection, and does not wait a minute for that', async () => {
    const id = await open()
    await core.client.app.wake()
    relay.freeze()
    const before = Date.now()
    await core.client.app.wake()
    await lost(id)
    expect(Date.now() - before).toBeLessThan(15_000)
    await core.terminal(id, ({ phase }) => phase.kind === 'open')
  })
})

describe('a terminal on an instance', () => {
  const home = mkdtempSync(join(tmpdir(), 'mooring-stays-'))
  let core: TestCore
  let cloud: PracticeCloud
  beforeAll(async () => {
    const startIt = async () => {
      cloud = await startPracticeCloud({})
      await cloud.setTimes({ pending: 100, stopping: 100 })
      return cloud
    }
    core = await startCore(home, {}, { startPracticeCloud: startIt })
    await core.client.app.practice.start()
  })
  afterAll(async () => {
    await core.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('that was stopped and started is back at the address that it has now', async () => {
    const region = await until(await core.client.inventory.watch(), ({ regions }) =>
      regions.find((one) => one.region === 'us-east-1' && one.phase === 'ready'),
    )
    const { instances } = await core.client.inventory.region(region)
    const web = instances.find(({ name }) => name === 'web-2')
    if (!web) throw new Error('no web-2')
    const { id } = await core.client.terminals.open({ target: { kind: 'instance', ref: web.ref }, size })
    const before = await core.terminal(id, ({ phase }) => phase.kind === 'open')
    await core.client.inventory.act({ ref: web.ref, action: 'stop' })
    await core.terminal(id, ({ phase }) => phase.kind === 'lost' && phase.error.code === 'INSTANCE_NOT_RUNNING')
    await core.client.inventory.act({ ref: web.ref, action: 'start' })
    const after = await core.terminal(id, ({ phase }) => phase.kind === 'open')
    expect([before.address?.host, after.address?.host === before.address?.host]).toEqual(['203.0.113.11', false])
    expect(after.hostKey?.reason).toBe('verified-by-aws')
  })
})
