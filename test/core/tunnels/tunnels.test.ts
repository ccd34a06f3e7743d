import { afterEach, beforeEach, expect, test } from 'vitest'
import { isLoopback, type Tunnel } from '../../../contract/models/tunnel.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'

const draft: Omit<Tunnel, 'id'> = {
  name: 'Shop',
  target: { kind: 'host', host: 'shop.example.com' },
  forward: { kind: 'local', bindAddress: '127.0.0.1', bindPort: 5000, toHost: 'localhost', toPort: 5000 },
  exposed: false,
  startWithApp: false,
}
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore

beforeEach(async () => {
  home = await createHome()
  core = await startCore(home.home)
})
afterEach(async () => {
  await core.close()
  await home.remove()
})

async function names() {
  return until(await core.client.tunnels.watch(), (tunnels) => tunnels.map(({ name }) => name))
}

test('tunnels are kept, duplicated beside the original, and deleted with a way back to their place', async () => {
  const { id } = await core.client.tunnels.save(draft)
  await core.client.tunnels.save({ ...draft, name: 'Other' })
  await core.client.tunnels.save({ ...draft, id, name: 'Store' })
  await core.client.tunnels.duplicate({ id })
  expect(await names()).toEqual(['Store', 'Store', 'Other'])
  const removed = await core.client.tunnels.remove({ id })
  expect(await names()).toEqual(['Store', 'Other'])
  await core.client.tunnels.undo(removed)
  await core.close()
  core = await startCore(home.home)
  expect(await names()).toEqual(['Store', 'Store', 'Other'])
})

test('an address that other computers can reach is refused unless the person said so', async () => {
  const open = { ...draft, forward: { ...draft.forward, bindAddress: '0.0.0.0' } }
  await expect(core.client.tunnels.save(open)).rejects.toMatchObject({
    data: { code: 'INVALID_INPUT', details: { field: 'bindAddress', problem: 'not-loopback' } },
  })
  await core.client.tunnels.save({ ...open, exposed: true })
  expect(await names()).toEqual(['Shop'])
})

test('what is not there cannot be started', async () => {
  await expect(core.client.tunnels.start({ id: 'gone' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.com', false],
  ['192.168.0.4', false],
])('%s is this computer alone: %s', (address, alone) => expect(isLoopback(address)).toBe(alone))
