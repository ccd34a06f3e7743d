import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ pending: 150, stopping: 150, boot: 50, terminated: 3_000 })
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
  core = await startCore(home.home, { AWS_PROFILE: 'practice' })
  await until(await core.client.inventory.watch(), ({ regions }) =>
    regions.length === 3 && regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
})
afterEach(async () => {
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const inUs = (instanceId: string): InstanceRef => ({ profile: 'practice', region: 'us-east-1', instanceId })
const web1 = inUs('i-0a41c7e92b5d3f801')
const web2 = inUs('i-0c93d51e8f7a2b604')
const database = inUs('i-05f2b86a1d94c7e30')
const builder = inUs('i-09c5e72d4a1b8f063')

const prepare = (change: AccountChange, ...refs: InstanceRef[]) => core.client.changes.prepare({ refs, change })
async function over(id: string): Promise<ChangeState> {
  return until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && each.over))
}
const apply = async (id: string) => over((await core.client.changes.apply({ id })).id)
async function row({ profile, region, instanceId }: InstanceRef) {
  const { instances } = await core.client.inventory.region({ profile, region })
  return instances.find(({ ref }) => ref.instanceId === instanceId)
}

test('two instances are stopped as shown, followed until they are, and started again by undo', async () => {
  const shown = await prepare({ kind: 'stop' }, web1, web2)
  expect(shown.targets).toMatchObject([
    { name: 'web-1', allowed: 'yes', actions: ['ec2:StopInstances'], notes: [{ code: 'sessions-end' }, { code: 'address-changes' }] },
    { name: 'web-2', allowed: 'yes' },
  ])
  expect((await row(web1))?.state).toBe('running')
  const done = await apply(shown.id)
  expect(done.targets.map(({ phase }) => phase)).toEqual(['done', 'done'])
  await expect.poll(async () => (await row(web2))?.state).toBe('stopped')
  const back = await core.client.changes.prepareUndo({ id: done.id })
  expect(back.kind).toBe('start')
  await apply(back.id)
  await expect.poll(async () => (await row(web1))?.state).toBe('running')
  const entries = await core.client.activity.list()
  expect(entries.map(({ action, cause, outcome }) => `${action} ${cause} ${outcome}`)).toEqual([
    'ec2:StartInstances undo done',
    'ec2:StartInstances undo done',
    'ec2:StopInstances person done',
    'ec2:StopInstances person done',
  ])
  await expect(core.client.changes.apply({ id: shown.id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
})

test('what may not be done to one is said of that one, and the other goes on', async () => {
  await cloud.fail({ action: 'RebootInstances', code: 'UnauthorizedOperation', times: 1 })
  const shown = await prepare({ kind: 'reboot' }, web1, web2)
  expect(shown.targets.map(({ allowed }) => allowed).toSorted()).toEqual(['no', 'yes'])
  expect(shown.targets.find(({ allowed }) => allowed === 'no')?.problem).toMatchObject({
    code: 'AWS_NOT_ALLOWED',
    details: { action: 'ec2:RebootInstances' },
  })
  expect((await apply(shown.id)).targets).toMatchObject([{ phase: 'done' }])
})

test('a permission that only a later call lacks is named before the first', async () => {
  await cloud.fail({ action: 'ModifyInstanceAttribute', code: 'UnauthorizedOperation' })
  expect((await prepare({ kind: 'type', type: 't3.small' }, web1)).targets).toMatchObject([
    { allowed: 'no', problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:ModifyInstanceAttribute' } } },
  ])
})

test('what AWS refuses in the middle is told, with its reason', async () => {
  const shown = await prepare({ kind: 'reboot' }, web1)
  await cloud.fail({ action: 'RebootInstances', code: 'IncorrectInstanceState', message: 'Not now.' })
  expect((await apply(shown.id)).targets).toMatchObject([
    { phase: 'failed', error: { code: 'AWS_REFUSED', details: { awsCode: 'IncorrectInstanceState' } } },
  ])
  expect((await core.client.activity.list())[0]).toMatchObject({ outcome: 'failed', error: 'AWS_REFUSED' })
})

test('protection from termination is respected, and lifted only when asked', async () => {
  const barred = await prepare({ kind: 'terminate' }, database)
  expect(barred).toMatchObject({ typed: 'db-primary', targets: [{ allowed: 'no', protectedFrom: 'termination' }] })
  expect((await apply(barred.id)).targets).toEqual([])
  expect((await row(database))?.state).toBe('running')
  const lifted = await prepare({ kind: 'terminate', lift: true }, database)
  expect(lifted.targets[0]?.commands.map((line) => line.split(' ')[2])).toEqual([
    'modify-instance-attribute',
    'terminate-instances',
    'wait',
  ])
  expect((await apply(lifted.id)).targets).toMatchObject([{ phase: 'done' }])
  await expect.poll(async () => (await row(database))?.state).toBe('terminated')
})

test('a running instance gets another type, of those that fit, and is back', async () => {
  const types = await core.client.instances.types({ ref: builder })
  expect(types.find(({ type }) => type === 't3.micro')).toEqual({ type: 't3.micro', cpus: 2, memoryMiB: 1024, free: true, current: true })
  expect(types.some(({ type }) => type.startsWith('t4g'))).toBe(false)
  const done = await apply((await prepare({ kind: 'type', type: 'm6i.xlarge' }, builder)).id)
  expect(done).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  await expect.poll(async () => row(builder)).toMatchObject({ type: 'm6i.xlarge', state: 'running' })
})

test('tags and protection are changed and taken back', async () => {
  const tagged = await apply((await prepare({ kind: 'tags', set: { Role: 'api', Cost: '42' }, remove: ['Team'] }, web1)).id)
  await expect.poll(async () => (await row(web1))?.tags).toEqual({ Name: 'web-1', Environment: 'production', Role: 'api', Cost: '42' })
  await apply((await core.client.changes.prepareUndo({ id: tagged.id })).id)
  await expect
    .poll(async () => (await row(web1))?.tags)
    .toEqual({ Name: 'web-1', Environment: 'production', Role: 'web', Team: 'storefront' })
  await apply((await prepare({ kind: 'protect', what: 'stop', on: true }, web1)).id)
  const { protectedFrom, details } = await core.client.instances.details({ ref: web1 })
  expect(protectedFrom).toEqual({ termination: false, stop: true })
  expect(details.find(({ code }) => code === 'stopProtection')?.value).toBe('yes')
  await expect(prepare({ kind: 'stop' }, web1)).resolves.toMatchObject({ targets: [{ protectedFrom: 'stop' }] })
  await apply((await prepare({ kind: 'protect', what: 'stop', on: false }, web1)).id)
})

test('who stops waiting is told so, and AWS goes on', async () => {
  await cloud.setTimes({ stopping: 1_500 })
  const { id } = await core.client.changes.apply({ id: (await prepare({ kind: 'stop' }, web2)).id })
  await until(await core.client.changes.watch(), (changes) =>
    changes.find((each) => each.id === id)?.targets.find(({ phase }) => phase === 'waiting'),
  )
  await core.client.changes.leave({ id })
  expect((await over(id)).targets).toMatchObject([{ phase: 'left' }])
  await expect.poll(async () => (await row(web2))?.state, { timeout: 15_000 }).toBe('stopped')
  await cloud.setTimes({ stopping: 150 })
})
