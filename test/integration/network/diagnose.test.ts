import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
  home = await createHome()
  core = await startCore(home.home, { USER: 'tester' }, { startPracticeCloud: async () => cloud, openPracticeCloud: true })
  await until(await core.client.inventory.watch(), ({ regions }) =>
    regions.length === 3 && regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
})
afterAll(async () => {
  await core.close()
  await home.remove()
})

const inEurope = (instanceId: string): InstanceRef => ({ profile: 'practice', region: 'eu-west-1', instanceId })
const shop = inEurope('i-0f6a2d9b4e7c13852')
const diagnose = (ref: InstanceRef) => core.client.network.diagnose({ ref })
async function remedied(): Promise<string> {
  const { remedy } = await diagnose(shop)
  if (remedy.kind !== 'allow' && remedy.kind !== 'replace') return remedy.kind
  await core.client.network.apply(await core.client.network.prepare({ ref: shop, change: remedy.change }))
  return remedy.kind
}

test('a closed port is found, the remedy lets in, and a new address changes the same rule', async () => {
  const before = await diagnose(shop)
  expect(before).toMatchObject({ broken: 'security-groups', remedy: { kind: 'allow', address: '192.0.2.77', group: 'web-only' } })
  expect(before.links.map(({ link, outcome }) => `${link} ${outcome}`)).toEqual([
    'this-computer ok',
    'state ok',
    'address ok',
    'block-public-access ok',
    'route ok',
    'acl-in ok',
    'security-groups broken',
    'acl-out ok',
    'status ok',
    'answer broken',
  ])
  expect(await remedied()).toBe('allow')
  await expect.poll(async () => (await diagnose(shop)).broken, { timeout: 30_000 }).toBeUndefined()
  const { id } = await core.client.terminals.open({ target: { kind: 'instance', ref: shop }, size: { cols: 80, rows: 24 } })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  await core.client.terminals.close({ id })

  await cloud.setVisitor('198.51.100.200')
  expect(await diagnose(shop)).toMatchObject({ broken: 'security-groups', remedy: { kind: 'replace', old: '192.0.2.77/32' } })
  expect(await remedied()).toBe('replace')
  await expect.poll(async () => (await diagnose(shop)).broken, { timeout: 30_000 }).toBeUndefined()
  const { rules } = await core.client.network.instance({ ref: shop })
  expect(rules.filter(({ fromPort }) => fromPort === 22)).toMatchObject([
    { peer: { cidr: '198.51.100.200/32' }, description: expect.stringMatching(/^Mooring: tester, \d{4}-\d\d-\d\d$/) },
  ])
})

test('what may not be read is unknown, and the rest is judged all the same', async () => {
  for (const action of ['DescribeVpcBlockPublicAccessOptions', 'DescribeNetworkAcls', 'DescribeRouteTables'])
    await cloud.fail({ action, code: 'UnauthorizedOperation' })
  const { links } = await diagnose(inEurope('i-0e5b9f1a3c7d84062'))
  await cloud.clearFaults()
  expect(links.filter(({ outcome }) => outcome === 'unknown').map(({ link }) => link)).toEqual([
    'block-public-access',
    'route',
    'acl-in',
    'acl-out',
  ])
  expect(links.find(({ link }) => link === 'security-groups')).toMatchObject({ outcome: 'broken' })
})

test('a machine without a public address and one that is stopped say so', async () => {
  const cache = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0d18a6f3e5c2b9740' }
  expect(await diagnose(cache)).toMatchObject({ broken: 'address', remedy: { kind: 'advice', code: 'private-address' } })
  const batch = { ...cache, instanceId: 'i-0b7e4190c2d8f6a53' }
  expect(await diagnose(batch)).toMatchObject({ broken: 'state', remedy: { kind: 'start' } })
})
