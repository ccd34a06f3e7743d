import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { type HttpProxy, startHttpProxy } from '../../support/http-proxy.ts'

let host: KnownHost
let core: TestCore
let proxy: HttpProxy

beforeAll(async () => {
  host = await startKnownHost()
  appendFileSync(join(host.home, '.ssh', 'known_hosts'), `far.example ${host.sshd.hostKeys[0]}\n`)
  proxy = await startHttpProxy(() => host.sshd.port)
})
afterAll(async () => {
  proxy.close()
  await host.remove()
})
afterEach(() => core.close())

async function open(name: string, via?: string) {
  proxy.asked.length = 0
  const choices = { user: host.sshd.user, ...(via ? { via } : {}) }
  const { id } = await core.client.terminals.open({ target: { kind: 'host', host: name, choices }, size: { cols: 80, rows: 24 } })
  return core.terminal(id, ({ phase }) => phase.kind === 'open' || phase.kind === 'failed')
}

test('the system’s proxy is gone through once the person wants that, with its password', async () => {
  core = await startCore(host.home, { HTTPS_PROXY: proxy.address('me:secret@') })
  expect((await open('far.example')).phase).toMatchObject({ error: { code: 'HOST_UNREACHABLE', details: { reason: 'unknown-name' } } })
  await core.client.settings.change({ proxy: { kind: 'system', address: '' } })
  const state = await open('far.example')
  expect(state.phase.kind).toBe('open')
  expect(state.route).toEqual([expect.objectContaining({ kind: 'proxy', reason: 'settings' })])
  expect(proxy.asked).toEqual([`CONNECT far.example:22 HTTP/1.1 Proxy-Authorization: Basic ${btoa('me:secret')}`])
  expect(JSON.stringify(state)).not.toContain('secret')
})

test('a proxy of one’s own leads to every host that has no way of its own', async () => {
  core = await startCore(host.home)
  await core.client.settings.change({ proxy: { kind: 'own', address: proxy.address() } })
  expect((await open('far.example')).phase.kind).toBe('open')
  expect((await open('far.example', 'direct')).phase.kind).toBe('failed')
  expect(proxy.asked).toEqual([])
  await core.client.settings.change({ proxy: { kind: 'own', address: 'nonsense' } })
  expect((await open('far.example')).phase).toMatchObject({ error: { code: 'INVALID_INPUT', details: { field: 'proxy' } } })
})
