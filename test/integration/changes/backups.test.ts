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
  await cloud.setTimes({ backup: 1_500, boot: 50 })
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
  core = await startCore(home.home, { AWS_PROFILE: 'practice' })
})
afterEach(async () => {
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const ref: InstanceRef = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const prepare = (change: AccountChange) => core.client.changes.prepare({ refs: [ref], change })
const list = () => core.client.backups.list({ ref })
async function apply(change: AccountChange): Promise<ChangeState> {
  const { id } = await core.client.changes.apply({ id: (await prepare(change)).id })
  return until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && each.over))
}

test('of a machine that has none, no last backup is told, whoever asks', async () => {
  expect(await core.client.backups.last({ ref })).toEqual({})
  expect((await list()).last).toBeUndefined()
})

test('an image is made with its name and tags, followed by its percent, listed, and deleted with its snapshots', async () => {
  const change: AccountChange = { kind: 'create-image', name: 'web-1 before', description: '', reboot: false }
  const shown = await prepare(change)
  expect(shown.targets[0]).toMatchObject({ allowed: 'yes', notes: [{ code: 'no-reboot' }, { code: 'backup-costs' }] })
  expect(shown.targets[0]?.commands).toEqual([
    expect.stringMatching(/^IMAGE=\$\(aws ec2 create-image .*--no-reboot .*--query ImageId --output text\)$/),
    'aws ec2 wait image-available --profile practice --region us-east-1 --image-ids $IMAGE',
  ])
  const { id } = await core.client.changes.apply({ id: shown.id })
  const percents = new Set<number>()
  const done = await until(await core.client.changes.watch(), (changes) => {
    const job = changes.find((each) => each.id === id)
    for (const { progress } of job?.targets ?? []) if (progress !== undefined) percents.add(progress)
    return job?.over ? job : undefined
  })
  expect(done.targets).toMatchObject([{ phase: 'done' }])
  expect([...percents].some((percent) => percent > 0 && percent < 100)).toBe(true)
  const { volumes, backups, last } = await list()
  expect(last).toBe(backups[0]?.at)
  expect(await core.client.backups.last({ ref })).toEqual({ at: backups[0]?.at })
  expect(volumes).toMatchObject([{ device: '/dev/sda1', sizeGiB: 8, root: true }])
  expect(backups).toMatchObject([
    { kind: 'image', name: 'web-1 before', state: 'available', sizeGiB: 8, snapshotIds: [expect.stringMatching(/^snap-/)] },
  ])
  const [image] = backups
  if (!image) throw new Error('no image')
  const removal = { kind: 'delete-image', imageId: image.id } as const
  expect((await prepare({ ...removal, withSnapshots: false })).targets[0]?.notes.map(({ code }) => code)).toEqual([
    'deletes-backup',
    'keeps-snapshots',
  ])
  expect((await apply({ ...removal, withSnapshots: true })).targets).toMatchObject([{ phase: 'done' }])
  expect((await list()).backups).toEqual([])
})

test('snapshots of the chosen volumes are of one moment; those that an image leaves behind are listed', async () => {
  const { volumes } = await list()
  const volumeIds = volumes.map(({ id }) => id)
  expect((await apply({ kind: 'create-snapshots', name: 'nightly', volumeIds })).targets).toMatchObject([{ phase: 'done' }])
  const { backups } = await list()
  expect(backups).toMatchObject([{ kind: 'snapshot', name: 'nightly', state: 'completed', volumeId: volumeIds[0] }])
  expect((await apply({ kind: 'delete-snapshots', snapshotIds: [backups[0]?.id ?? ''] })).targets).toMatchObject([{ phase: 'done' }])
  await apply({ kind: 'create-image', name: 'short-lived', description: 'x', reboot: true })
  const [image] = (await list()).backups
  await apply({ kind: 'delete-image', imageId: image?.id ?? '', withSnapshots: false })
  expect((await list()).backups).toMatchObject([{ kind: 'snapshot', name: 'short-lived' }])
})

test('a permission that the snapshots of an image lack is named before the image is gone', async () => {
  await apply({ kind: 'create-image', name: 'guarded', description: '', reboot: false })
  const [image] = (await list()).backups
  await cloud.fail({ action: 'DeleteSnapshot', code: 'UnauthorizedOperation' })
  const change: AccountChange = { kind: 'delete-image', imageId: image?.id ?? '', withSnapshots: true }
  expect((await prepare(change)).targets).toMatchObject([
    { allowed: 'no', problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:DeleteSnapshot' } } },
  ])
})

test('a backup is taken back by undo, with what it stands on', async () => {
  const before = (await list()).backups.length
  const made = await apply({ kind: 'create-image', name: 'taken back', description: '', reboot: false })
  expect((await list()).backups).toHaveLength(before + 1)
  const back = await core.client.changes.prepareUndo({ id: made.id })
  expect(back.targets[0]?.commands).toHaveLength(2)
  await core.client.changes.apply({ id: back.id })
  await expect.poll(async () => (await list()).backups.length, { timeout: 15_000 }).toBe(before)
})
