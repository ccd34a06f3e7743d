import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Forward, Tunnel } from '../../contract/models/tunnel.ts'
import { freePort } from '../support/sshd.ts'
import { type Backstage, expect, type Screen, type Stage } from './stage.ts'

const ref = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const tunnel = (name: string, forward: Forward, more: Partial<Tunnel> = {}): Tunnel => ({
  id: name,
  name,
  target: { kind: 'instance', ref },
  forward,
  exposed: false,
  startWithApp: false,
  ...more,
})
const to = (toHost: string, toPort: number, bindPort: number) => ({ bindAddress: '127.0.0.1', bindPort, toHost, toPort })
const some = (port: number): readonly Tunnel[] => [
  tunnel('Shop', { kind: 'local', ...to('localhost', 5000, port) }),
  tunnel('Orders database', { kind: 'local', ...to('orders.c1x2y3.us-east-1.rds.amazonaws.com', 5432, 15_432) }),
  tunnel('Webhooks', { kind: 'remote', ...to('localhost', 3000, 8080) }, { target: { kind: 'host', host: 'hooks.example.com' } }),
  tunnel('Proxy', { kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: 11_080 }),
]

async function giveTunnels({ dataFolder }: Backstage) {
  await mkdir(dataFolder, { recursive: true })
  await writeFile(join(dataFolder, 'tunnels.json'), JSON.stringify({ version: 1, value: { tunnels: some(await freePort()) } }))
}

async function openRoom({ page, button, say }: Stage) {
  await button('rooms.tunnels').click()
  return page.getByRole('list', { name: say('tunnels:title'), exact: true }).getByRole('listitem')
}

export const tunnels: readonly Screen[] = [
  {
    name: 'Tunnels, none',
    async go({ page, button, say }) {
      await button('rooms.tunnels').click()
      await expect(page.getByText(say('tunnels:empty.title'))).toBeVisible()
    },
  },
  {
    name: 'Tunnels',
    before: giveTunnels,
    async go(stage) {
      await openRoom(stage)
      await stage.button('tunnels:start', { name: 'Shop' }).click()
      await expect(stage.button('tunnels:browse')).toBeVisible()
      await stage.button('tunnels:start', { name: 'Webhooks' }).click()
      await expect(stage.page.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Tunnels, databases beside the host',
    before: giveTunnels,
    async go(stage) {
      await openRoom(stage)
      await stage.button('tunnels:start', { name: 'Shop' }).click()
      await expect(stage.button('tunnels:browse')).toBeVisible()
      await stage.button('tunnels:databases.beside', { host: 'web-1' }).click()
      await expect(stage.page.getByText(stage.say('tunnels:databases.hint'))).toBeVisible()
    },
  },
  {
    name: 'Tunnels, not allowed to see the databases',
    before: async (backstage) => {
      await giveTunnels(backstage)
      await backstage.cloud.fail({ action: 'DescribeDBInstances', code: 'AccessDenied' })
    },
    async go(stage) {
      await openRoom(stage)
      await stage.button('tunnels:databases.beside', { host: 'web-1' }).click()
      await expect(stage.page.getByRole('alert').filter({ hasText: 'rds:DescribeDBInstances' })).toBeVisible()
    },
  },
  {
    name: 'Tunnels, a port is taken',
    before: giveTunnels,
    async go(stage) {
      await openRoom(stage)
      await stage.button('tunnels:start', { name: 'Shop' }).click()
      await expect(stage.button('tunnels:browse')).toBeVisible()
      await stage.button('tunnels:more', { name: 'Shop' }).click()
      await stage.item('tunnels:duplicate').click()
      await stage.button('tunnels:start', { name: 'Shop' }).click()
      await expect(stage.page.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Tunnels, a new one for other computers',
    async go(stage) {
      await stage.instance('web-1').click({ button: 'right' })
      await stage.item('tunnels:new').click()
      await stage.dialog.getByRole('switch').click()
      await expect(stage.dialog.getByRole('alert')).toBeVisible()
    },
  },
]
