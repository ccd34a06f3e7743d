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
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ backup: 300, volume: 1_500, boot: 50 })
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

const LATE_MS = 60_000
const ref: InstanceRef = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const request = (change: AccountChange) => ({ refs: [ref], change })
const over = async (id: string): Promise<ChangeState> =>
  until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && each.over))
async function apply(change: AccountChange): Promise<ChangeState> {
  const { id } = await core.client.changes.apply({ id: (await core.client.changes.prepare(request(change))).id })
  return over(id)
}
async function undo(id: string): Promise<ChangeState> {
  const back = await core.client.changes.prepareUndo({ id })
  expect(back.targets).toMatchObject([{ allowed: 'yes' }])
  await core.client.changes.apply({ id: back.id })
  return over(back.id)
}
const list = () => core.client.backups.list({ ref })
const root = async () => (await list()).volumes.find((volume) => volume.root)?.id ?? ''
async function snapshot(name: string): Promise<string> {
  await apply({ kind: 'create-snapshots', name, volumeIds: [await root()] })
  return (await list()).backups.find((each) => each.name === name)?.id ?? ''
}

test('in place: the disk is replaced as shown, the old one is kept and listed, and undo puts it back', async () => {
  const before = await root()
  const snapshotId = await snapshot('yesterday')
  const change: AccountChange = { kind: 'replace-root', from: { kind: 'snapshot', id: snapshotId } }
  const shown = await core.client.changes.prepare(request(change))
  expect(shown.targets[0]).toMatchObject({
    allowed: 'yes',
    actions: ['ec2:CreateReplaceRootVolumeTask', 'ec2:CreateTags'],
    notes: [{ code: 'replaces-root' }, { code: 'sessions-end' }, { code: 'keeps-root', params: { volume: before } }],
  })
  const done = await apply(change)
  expect(done).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  expect(await root()).not.toBe(before)
  expect((await list()).kept).toMatchObject([{ id: before, state: 'available', name: 'web-1 /dev/sda1' }])
  expect(await undo(done.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect(await root()).toBe(before)
  expect((await core.client.activity.list()).map(({ action, cause }) => `${action} ${cause}`).slice(0, 2)).toEqual([
    'ec2:CreateTags undo',
    'ec2:CreateReplaceRootVolumeTask undo',
  ])
})

test('in place with a snapshot before: made first, named after what it was for, and kept', async () => {
  const before = await root()
  const snapshotId = await snapshot('the day before')
  const change: AccountChange = { kind: 'replace-root', snapshotFirst: true, from: { kind: 'snapshot', id: snapshotId } }
  const shown = await core.client.changes.prepare(request(change))
  expect(shown.targets[0]).toMatchObject({
    allowed: 'yes',
    actions: ['ec2:CreateSnapshots', 'ec2:CreateReplaceRootVolumeTask', 'ec2:CreateTags'],
    notes: [{ code: 'snapshot-first' }, { code: 'replaces-root' }, { code: 'sessions-end' }, { code: 'keeps-root' }],
  })
  const done = await apply(change)
  expect(done).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  await undo(done.id)
  expect(await root()).toBe(before)
  expect((await list()).backups).toContainEqual(
    expect.objectContaining({ name: `web-1 before ${snapshotId}`, state: 'completed', volumeId: before }),
  )
})

test('when the disk cannot be replaced after the snapshot, nothing is to be undone, and the snapshot is named', async () => {
  const before = await root()
  const snapshotId = await snapshot('never used')
  const change: AccountChange = { kind: 'replace-root', snapshotFirst: true, from: { kind: 'snapshot', id: snapshotId } }
  const prepared = await core.client.changes.prepare(request(change))
  await cloud.fail({ action: 'CreateReplaceRootVolumeTask', code: 'UnauthorizedOperation' })
  const { id } = await core.client.changes.apply({ id: prepared.id })
  const failed = await over(id)
  const made = (await list()).backups.find(({ name }) => name === `web-1 before ${snapshotId}`)
  expect(made).toMatchObject({ state: 'completed', volumeId: before })
  expect(failed).toMatchObject({
    ...{ canUndo: false, canGoOn: true },
    targets: [
      {
        phase: 'failed',
        error: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:CreateReplaceRootVolumeTask' } },
        steps: [{ state: 'done' }, { state: 'done', command: expect.stringContaining(made?.id ?? '?') }, { state: 'open' }, {}, {}, {}],
      },
    ],
  })
  expect(await root()).toBe(before)
  await cloud.clearFaults()
  await core.client.changes.goOn({ id })
  const done = await over(id)
  expect(done).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  await undo(id)
})

test('a copy is attached to another machine in its own zone under a free name, and undo takes it away', async () => {
  const snapshotId = await snapshot('for another')
  const other = { ...ref, instanceId: 'i-0c93d51e8f7a2b604' }
  const prepared = await core.client.changes.prepare({ refs: [other], change: { kind: 'attach-copy', snapshotId } })
  expect(prepared.targets[0]?.notes[0]).toEqual({
    code: 'attaches-copy',
    params: { device: '/dev/sdf', zone: 'us-east-1b', size: '8', what: snapshotId },
  })
  const { id } = await core.client.changes.apply({ id: prepared.id })
  expect(await over(id)).toMatchObject({ targets: [{ phase: 'done', name: 'web-2' }] })
  expect((await core.client.backups.list({ ref: other })).kept).toMatchObject([{ device: '/dev/sdf', state: 'in-use', snapshotId }])
  const second = await core.client.changes.prepare({ refs: [other], change: { kind: 'attach-copy', snapshotId } })
  expect(second.targets[0]?.notes[0]?.params.device).toBe('/dev/sdg')
  await undo(id)
  expect((await core.client.backups.list({ ref: other })).kept).toEqual([])
})

test.each([
  ['asked for', { next: 0, begun: true }, 'CreateReplaceRootVolumeTask'],
  ['being waited for', { next: 1, begun: false }, undefined],
])('a restore whose app is killed while it is %s comes to be once', async (_when, at, action) => {
  const snapshotId = await snapshot(`killed at ${at.next}`)
  const before = await root()
  await core.close()
  if (action) await cloud.delay({ action, ms: LATE_MS, answered: true })
  const id = await killedAt(home.home, request({ kind: 'replace-root', from: { kind: 'snapshot', id: snapshotId } }), at)
  await cloud.clearFaults()
  await start()
  expect(await over(id)).toMatchObject({ canGoOn: true, targets: [{ phase: 'interrupted' }] })
  await core.client.changes.goOn({ id })
  expect(await over(id)).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  expect((await list()).kept.filter((volume) => volume.id === before)).toHaveLength(1)
  await undo(id)
})

test.each([
  ['the disk was asked for', { next: 0, begun: true }, 'CreateVolume'],
  ['the disk is being made', { next: 1, begun: false }, undefined],
  ['it is being attached', { next: 2, begun: true }, 'AttachVolume'],
  ['it is waited for', { next: 3, begun: false }, undefined],
])('a copy for a machine whose app is killed when %s is attached once', async (_when, at, action) => {
  const snapshotId = await snapshot(`copy ${at.next} ${at.begun}`)
  await core.close()
  if (action) await cloud.delay({ action, ms: LATE_MS, answered: true })
  const id = await killedAt(home.home, request({ kind: 'attach-copy', snapshotId }), at)
  await cloud.clearFaults()
  await start()
  const told = await over(id)
  if (told.canGoOn) await core.client.changes.goOn({ id })
  expect(await over(id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect((await list()).kept.filter((volume) => volume.snapshotId === snapshotId)).toMatchObject([{ state: 'in-use' }])
  await undo(id)
})

test('a copy goes to another region, encrypted, and another account is let in and shut out', async () => {
  await apply({ kind: 'create-image', name: 'to be copied', description: '', reboot: false })
  const image = (await list()).backups.find(({ kind, name }) => kind === 'image' && name === 'to be copied')
  const copy = await core.client.changes.prepare(
    request({ kind: 'copy-image', imageId: image?.id ?? '', toRegion: 'eu-west-1', name: 'web-1 far away', encrypt: true }),
  )
  expect(copy.targets[0]?.commands[0]).toMatch(
    /aws ec2 copy-image --profile practice --region eu-west-1 --source-region us-east-1 --encrypted/,
  )
  await core.client.changes.apply({ id: copy.id })
  expect(await over(copy.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  const shared = await apply({ kind: 'share-image', imageId: image?.id ?? '', accountId: '210987654321', on: true })
  expect(shared).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  expect(await undo(shared.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  await cloud.fail({ action: 'CopySnapshot', region: 'eu-west-1', code: 'UnauthorizedOperation' })
  const barred = await core.client.changes.prepare(
    request({ kind: 'copy-snapshot', snapshotId: image?.snapshotIds[0] ?? '', toRegion: 'eu-west-1', name: 'n', encrypt: false }),
  )
  expect(barred.targets[0]).toMatchObject({ allowed: 'no', problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:CopySnapshot' } } })
})
