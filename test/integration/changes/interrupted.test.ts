import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'
import { killedAt } from './killing.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore | undefined
beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ backup: 2_500, pending: 300, stopping: 2_500, boot: 50 })
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
})
afterEach(async () => {
  await core?.close()
  await cloud.clearFaults()
  await home.remove()
})

/** Far longer than it takes to be killed. */
const LATE_MS = 60_000
const ref: InstanceRef = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const request = (change: AccountChange) => ({ refs: [ref], change })
const start = async () => (core = await startCore(home.home, { AWS_PROFILE: 'practice' }))
async function state({ client }: TestCore, id: string, test: (change: ChangeState) => boolean): Promise<ChangeState> {
  return until(await client.changes.watch(), (changes) => changes.find((each) => each.id === id && test(each)))
}
const over = (of: TestCore, id: string) => state(of, id, (change) => change.over)
const named = async ({ client }: TestCore, name: string) =>
  (await client.backups.list({ ref })).backups.filter((each) => each.name === name)

test('an image that AWS was asked for is found, and waited for, whether its answer came or not', async () => {
  const change: AccountChange = { kind: 'create-image', name: 'answer lost', description: '', reboot: false }
  await cloud.delay({ action: 'CreateImage', ms: LATE_MS, answered: true })
  const id = await killedAt(home.home, request(change), { next: 0, begun: true })
  await cloud.clearFaults()
  const next = await start()
  const told = await over(next, id)
  expect(told).toMatchObject({ canGoOn: true, canUndo: false, targets: [{ phase: 'interrupted', name: 'web-1' }] })
  expect(told.targets[0]?.steps).toEqual([
    { state: 'unsure', command: expect.stringContaining('create-image') },
    { state: 'open', command: expect.stringContaining('wait image-available') },
  ])
  expect(await named(next, 'answer lost')).toHaveLength(1)
  await next.client.changes.goOn({ id })
  expect(await over(next, id)).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  expect(await named(next, 'answer lost')).toMatchObject([{ state: 'available' }])
  expect((await next.client.activity.list()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['ec2:CreateImage done'])
})

test('an image that AWS never heard of is asked for when going on', async () => {
  const change: AccountChange = { kind: 'create-image', name: 'never heard', description: '', reboot: false }
  await cloud.delay({ action: 'CreateImage', ms: 0 })
  await cloud.delay({ action: 'CreateImage', ms: LATE_MS })
  const id = await killedAt(home.home, request(change), { next: 0, begun: true })
  await cloud.clearFaults()
  const next = await start()
  await over(next, id)
  await next.client.changes.goOn({ id })
  await over(next, id)
  expect(await named(next, 'never heard')).toHaveLength(1)
})

test.each<[string, AccountChange]>([
  ['an image', { kind: 'create-image', name: 'still made', description: '', reboot: false }],
  ['snapshots', { kind: 'create-snapshots', name: 'still made', volumeIds: ['vol-1'] }],
])('%s that is being made is waited for by the next start, unasked, and can be taken back', async (_what, change) => {
  const id = await killedAt(home.home, request(await real(change)), { next: 1, begun: false })
  const next = await start()
  const told = await state(next, id, () => true)
  expect(told).toMatchObject({ over: false, canGoOn: false })
  expect(await over(next, id)).toMatchObject({ canUndo: true, canGoOn: false, targets: [{ phase: 'done' }] })
  const back = await next.client.changes.prepareUndo({ id })
  await next.client.changes.apply({ id: back.id })
  await over(next, back.id)
  expect(await named(next, 'still made')).toEqual([])
})

test('a deletion goes on with what is left, and does nothing twice', async () => {
  const first = await start()
  const { id: made } = await first.client.changes.apply({
    id: (await first.client.changes.prepare(request({ kind: 'create-image', name: 'half gone', description: '', reboot: false }))).id,
  })
  await over(first, made)
  const [image] = await named(first, 'half gone')
  await first.close()
  core = undefined
  const change: AccountChange = { kind: 'delete-image', imageId: image?.id ?? '', withSnapshots: true }
  await cloud.delay({ action: 'DeleteSnapshot', ms: LATE_MS, answered: true })
  const id = await killedAt(home.home, request(change), { next: 1, begun: true })
  await cloud.clearFaults()
  const next = await start()
  expect((await over(next, id)).targets[0]?.steps?.map((step) => step.state)).toEqual(['done', 'unsure'])
  await next.client.changes.goOn({ id })
  expect(await over(next, id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect((await next.client.backups.list({ ref })).backups.filter(({ id: each }) => image?.snapshotIds.includes(each))).toEqual([])
})

test('an instance that was stopped for its new type is told of, and is back by undo as it was', async () => {
  const id = await killedAt(home.home, request({ kind: 'type', type: 't3.small' }), { next: 1, begun: false })
  const next = await start()
  const told = await over(next, id)
  expect(told).toMatchObject({ canGoOn: true, canUndo: true, targets: [{ phase: 'interrupted' }] })
  expect(told.targets[0]?.steps?.map((step) => step.state)).toEqual(['done', 'open', 'open', 'open', 'open'])
  await expect
    .poll(async () => (await next.client.instances.details({ ref })).details.find(({ code }) => code === 'state')?.value, {
      timeout: 20_000,
    })
    .toBe('stopped')
  const back = await next.client.changes.prepareUndo({ id })
  await next.client.changes.apply({ id: back.id })
  expect(await over(next, back.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect(await state(next, id, () => true)).toMatchObject({ canGoOn: false, canUndo: false })
  await next.close()
  expect(await (await start()).client.changes.watch().then((watch) => until(watch, (changes) => changes))).toEqual([])
})

async function real(change: AccountChange): Promise<AccountChange> {
  if (change.kind !== 'create-snapshots') return change
  const now = await startCore(home.home, { AWS_PROFILE: 'practice' })
  const { volumes } = await now.client.backups.list({ ref })
  await now.close()
  return { ...change, volumeIds: volumes.map(({ id }) => id) }
}
