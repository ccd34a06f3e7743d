import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { ScheduleRule } from '../../../contract/models/schedule.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
  core = await startCore(home.home, { AWS_PROFILE: 'practice' })
})
afterEach(async () => {
  for (const { id } of (await list()).schedules) await apply({ kind: 'delete-schedule', policyId: id, tag })
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const ref: InstanceRef = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const tag = { key: 'mooring:backup', value: ref.instanceId }
const nightly: ScheduleRule = {
  name: 'web-1 nightly',
  timing: { kind: 'hours', hours: 24, at: '03:00' },
  keep: { kind: 'count', count: 7 },
  copy: { region: 'eu-west-1', encrypted: true, keep: { kind: 'age', interval: 1, unit: 'MONTHS' } },
}
const create = { kind: 'create-schedule', rule: nightly, tag, role: 'AWSDataLifecycleManagerDefaultRole' } as const
const list = () => core.client.schedules.list({ ref })
const prepare = (change: AccountChange) => core.client.changes.prepare({ refs: [ref], change })
async function carryOut({ id }: { readonly id: string }): Promise<ChangeState> {
  const { id: begun } = await core.client.changes.apply({ id })
  return until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === begun && each.over))
}
const apply = async (change: AccountChange) => carryOut(await prepare(change))
const undo = async ({ id }: ChangeState) => carryOut(await core.client.changes.prepareUndo({ id }))
async function only() {
  const [schedule] = (await list()).schedules
  if (!schedule) throw new Error('no schedule')
  return schedule
}

test('a policy is shown as the aws CLI makes it, made with its tag, told, and taken back with the tag', async () => {
  const shown = await prepare(create)
  expect(shown.targets).toMatchObject([{ allowed: 'unknown', actions: ['dlm:CreateLifecyclePolicy', 'ec2:CreateTags'] }])
  const [first = '', second] = shown.targets[0]?.commands ?? []
  expect(first).toMatch(
    /^POLICY=\$\(aws dlm create-lifecycle-policy --profile practice --region us-east-1 --execution-role-arn arn:aws:iam::\d+:/,
  )
  expect(first).toContain(`--policy-details '{"PolicyType":"EBS_SNAPSHOT_MANAGEMENT","ResourceTypes":["INSTANCE"],`)
  expect(second).toMatch(/^aws ec2 create-tags /)
  expect((await list()).schedules).toEqual([])
  const made = await carryOut(shown)
  expect(made.targets).toMatchObject([{ phase: 'done' }])
  expect(await list()).toEqual({
    schedules: [
      {
        id: expect.stringMatching(/^policy-/),
        name: 'web-1 nightly',
        state: 'ENABLED',
        reaches: 'instance',
        tags: [tag],
        makes: 'snapshots',
        withoutSystemDisk: false,
        plans: [{ timing: nightly.timing, keep: nightly.keep, copies: [nightly.copy] }],
        rule: nightly,
      },
    ],
    roles: ['AWSDataLifecycleManagerDefaultRole'],
  })
  expect((await prepare(create)).targets[0]?.commands).toHaveLength(1)
  await undo(made)
  expect((await list()).schedules).toEqual([])
  // The tag would have to be set again.
  expect((await prepare(create)).targets[0]?.commands).toHaveLength(2)
})

test('another instance is not reached', async () => {
  await apply(create)
  const other = await core.client.schedules.list({ ref: { ...ref, instanceId: 'i-0c93d51e8f7a2b604' } })
  expect(other.schedules).toEqual([])
})

test('an edit, a pause and a deletion are each taken back', async () => {
  await apply(create)
  const { id: policyId } = await only()
  const rule: ScheduleRule = {
    name: 'weekly',
    timing: { kind: 'week', days: ['MON', 'THU'], at: '21:30' },
    keep: { kind: 'age', interval: 2, unit: 'WEEKS' },
  }
  const edited = await apply({ kind: 'edit-schedule', policyId, rule })
  expect(await only()).toMatchObject({ id: policyId, name: 'weekly', rule })
  await undo(edited)
  expect((await only()).rule).toEqual(nightly)
  const paused = await apply({ kind: 'pause-schedule', policyId })
  expect((await only()).state).toBe('DISABLED')
  await undo(paused)
  expect((await only()).state).toBe('ENABLED')
  const deleted = await apply({ kind: 'delete-schedule', policyId, tag })
  expect((await list()).schedules).toEqual([])
  await undo(deleted)
  expect((await only()).rule).toEqual(nightly)
})

test('a role that is not there is named with the command that makes it, and nothing was changed', async () => {
  const { targets } = await apply({ ...create, role: 'service-role/AWSDataLifecycleManagerDefaultRole' })
  expect(targets).toMatchObject([
    {
      phase: 'failed',
      error: { code: 'BACKUP_ROLE_REFUSED', details: { region: 'us-east-1', role: expect.stringContaining('service-role/') } },
    },
  ])
  expect((await prepare(create)).targets[0]?.commands).toHaveLength(2)
  expect((await prepare(create)).targets[0]?.notes).toContainEqual({
    code: 'schedule-role',
    params: {
      role: 'AWSDataLifecycleManagerDefaultRole',
      command: 'aws dlm create-default-role --resource-type snapshot --profile practice --region us-east-1',
    },
  })
})

test('a missing permission is named, to read and to write', async () => {
  await cloud.fail({ action: 'CreateLifecyclePolicy', code: 'AccessDeniedException', status: 403 })
  expect((await apply(create)).targets).toMatchObject([
    { phase: 'failed', error: { code: 'AWS_NOT_ALLOWED', details: { action: 'dlm:CreateLifecyclePolicy' } } },
  ])
  await cloud.fail({ action: 'GetLifecyclePolicies', code: 'AccessDeniedException', status: 403, times: 1 })
  await expect(list()).rejects.toMatchObject({ data: { code: 'AWS_NOT_ALLOWED', details: { action: 'dlm:GetLifecyclePolicies' } } })
})

test('when its time comes a policy makes its backups, and keeps as many as it says', async () => {
  await cloud.setTimes({ hour: 500, backup: 1 })
  await apply({ ...create, rule: { ...nightly, timing: { kind: 'hours', hours: 1, at: '00:00' }, keep: { kind: 'count', count: 2 } } })
  const { backups, last } = await until(
    every(() => core.client.backups.list({ ref })),
    (answer) => (answer.backups.length >= 2 && answer.last ? answer : undefined),
  )
  expect(last).toBe(backups[0]?.at)
  const oldest = backups.at(-1)?.id
  const later = await until(
    every(() => core.client.backups.list({ ref })),
    (answer) => (answer.backups.every(({ id }) => id !== oldest) ? answer : undefined),
  )
  expect(later.backups).toHaveLength(2)
})

async function* every<Value>(ask: () => Promise<Value>): AsyncGenerator<Value> {
  for (;;) yield await ask()
}
