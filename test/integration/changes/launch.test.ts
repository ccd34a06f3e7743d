import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChangeState } from '../../../contract/models/change.ts'
import type { Launch } from '../../../contract/models/launch.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'
import { killedAt } from './killing.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ pending: 800, boot: 800, backup: 200 })
})
afterAll(() => cloud.stop())
const start = async () => (core = await startCore(home.home, { AWS_PROFILE: 'practice' }))
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
  await start()
})
afterEach(async () => {
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const place = { profile: 'practice', region: 'us-east-1' }
const over = async (id: string): Promise<ChangeState> =>
  until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && each.over))
/** With a key that was made for it, and whatever `more` says. */
async function wish(name: string, more: Partial<Launch> = {}): Promise<Launch> {
  await core.client.keys.generate({ type: 'ed25519', format: 'openssh', name: `${name}.pem`, comment: name })
  const key = (await core.client.keys.list()).find(({ path }) => path?.endsWith(`${name}.pem`))
  const { images, groups } = await core.client.changes.launchChoices(place)
  return {
    kind: 'launch',
    name,
    imageId: images.find(({ title, architecture }) => title === 'Ubuntu 24.04' && architecture === 'x86_64')?.id ?? '',
    type: 't3.micro',
    key: { kind: 'import', name, keyId: key?.id ?? '' },
    group: { kind: 'existing', ids: groups.filter((group) => group.name === 'ssh-open').map(({ id }) => id) },
    diskGiB: 8,
    userData: '',
    ...more,
  }
}
async function launched(name: string) {
  const { instances } = await core.client.inventory.region(place)
  return instances.filter((instance) => instance.name === name && instance.state !== 'terminated')
}

test('what may be launched is the newest of each system, what is one’s own, and the key pairs that this computer opens', async () => {
  const { images, types, keyPairs, groups, subnets } = await core.client.changes.launchChoices(place)
  expect(images.map(({ title, architecture }) => `${title} ${architecture}`)).toEqual([
    'Amazon Linux 2023 x86_64',
    'Ubuntu 24.04 x86_64',
    'Ubuntu 24.04 arm64',
    'Debian 12 x86_64',
    'build-agent-golden-41 x86_64',
  ])
  expect(images.at(-1)?.own).toBe(true)
  expect(types.find(({ type }) => type === 't3.micro')).toMatchObject({ free: true, architectures: ['x86_64'] })
  expect(keyPairs.map(({ name, here }) => `${name} ${here}`)).toEqual(['practice false', 'practice-rsa false'])
  expect(groups.map(({ name }) => name)).toContain('ssh-open')
  expect(subnets.map(({ zone }) => zone)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c'])
})

test('a new instance is launched as shown, its host keys are known when it is ready, and its terminal opens without a question', async () => {
  const launch = await wish('fresh', { userData: '#!/bin/sh\necho PASSWORD=hunter2' })
  const shown = await core.client.changes.prepareLaunch({ place, launch })
  expect(shown.targets).toMatchObject([
    {
      allowed: 'yes',
      actions: ['ec2:ImportKeyPair', 'ec2:RunInstances'],
      notes: [{ code: 'launch-costs-free' }, { code: 'imports-key' }, { code: 'tokens-required' }],
    },
  ])
  expect(shown.targets[0]?.commands.join('\n')).not.toContain('hunter2')
  const { id } = await core.client.changes.apply({ id: shown.id })
  const done = await over(id)
  expect(done).toMatchObject({
    kind: 'launch',
    canUndo: true,
    targets: [{ phase: 'done', name: 'fresh', target: expect.stringMatching(/^i-/) }],
  })
  expect(JSON.stringify(await core.client.activity.list())).not.toContain('hunter2')
  const [instance] = await launched('fresh')
  if (!instance) throw new Error('not in the list')
  const plan = await core.client.reach.plan({ target: { kind: 'instance', ref: instance.ref } })
  expect(plan).toMatchObject({ key: { kind: 'found', reason: 'public-key' } })
  const { id: terminalId } = await core.client.terminals.open({
    target: { kind: 'instance', ref: instance.ref },
    size: { cols: 80, rows: 24 },
  })
  const terminal = core.attach(terminalId)
  await terminal.until('ubuntu@fresh')
  terminal.close()
  const back = await core.client.changes.prepareUndo({ id })
  expect(back).toMatchObject({ kind: 'terminate', targets: [{ target: instance.ref.instanceId }] })
  await core.client.changes.apply({ id: back.id })
  await over(back.id)
  await expect.poll(async () => launched('fresh'), { timeout: 15_000 }).toEqual([])
})

test('a new group lets in SSH from this computer alone, and is made once even if the app is killed in between', async () => {
  const launch = await wish('guarded', { group: { kind: 'new', name: 'ssh-guarded' } })
  const shown = await core.client.changes.prepareLaunch({ place, launch })
  expect(shown.targets[0]?.notes).toContainEqual({ code: 'new-group', params: { name: 'ssh-guarded', address: '192.0.2.77' } })
  await core.close()
  await cloud.delay({ action: 'CreateSecurityGroup', ms: 60_000, answered: true })
  const id = await killedAt(home.home, { place, launch }, { next: 1, begun: true })
  await cloud.clearFaults()
  await start()
  await over(id)
  await core.client.changes.goOn({ id })
  const done = await over(id)
  expect(done).toMatchObject({ targets: [{ phase: 'done' }] })
  const ref = { ...place, instanceId: done.targets[0]?.target ?? '' }
  const { rules } = await core.client.network.instance({ ref })
  expect(rules.filter(({ direction }) => direction === 'inbound')).toMatchObject([
    { fromPort: 22, toPort: 22, peer: { kind: 'ipv4', cidr: '192.0.2.77/32' } },
  ])
})

test('a permission that is missing is named before anything is made', async () => {
  await cloud.fail({ action: 'RunInstances', code: 'UnauthorizedOperation' })
  const shown = await core.client.changes.prepareLaunch({ place, launch: await wish('barred') })
  expect(shown.targets).toMatchObject([{ allowed: 'no', problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:RunInstances' } } }])
})

test.each([
  ['the key is imported', { next: 0, begun: true }, 'ImportKeyPair'],
  ['it is asked for', { next: 1, begun: true }, 'RunInstances'],
  ['it is pending', { next: 2, begun: false }, undefined],
  ['it boots', { next: 3, begun: false }, undefined],
])('a launch whose app is killed when %s makes one instance, by the next start', async (_when, at, action) => {
  const name = `killed-${at.next}`
  const launch = await wish(name)
  await core.close()
  if (action) await cloud.delay({ action, ms: 60_000, answered: true })
  const id = await killedAt(home.home, { place, launch }, at)
  await cloud.clearFaults()
  await start()
  const told = await over(id)
  expect(told.canGoOn).toBe(action !== undefined)
  if (told.canGoOn) await core.client.changes.goOn({ id })
  expect(await over(id)).toMatchObject({ canUndo: true, targets: [{ phase: 'done', target: expect.stringMatching(/^i-/) }] })
  await expect.poll(async () => (await launched(name)).length, { timeout: 15_000 }).toBe(1)
  await expect.poll(async () => (await launched(name))[0]?.state, { timeout: 15_000 }).toBe('running')
})
