import { expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { good } from '../../support/network-facts.ts'
import { usePracticeCore } from '../../support/practice-core.ts'
import { surroundingsOf } from '../../support/practice-network.ts'

const practice = usePracticeCore()

const ref = (region: string, instanceId: string): InstanceRef => ({ profile: 'practice', region, instanceId })
const web1 = ref('us-east-1', 'i-0a41c7e92b5d3f801')
const cache = ref('us-east-1', 'i-0d18a6f3e5c2b9740')
const database = ref('us-east-1', 'i-05f2b86a1d94c7e30')
const batch = ref('us-east-1', 'i-0b7e4190c2d8f6a53')
const staging = ref('eu-west-1', 'i-03e8b5a7c9d1f2460')
const legacy = ref('sa-east-1', 'i-02c9d7f8a6e1b4530')

const alertOf = async ({ profile, region, instanceId }: InstanceRef) =>
  (await practice.core.client.inventory.region({ profile, region })).instances.find((each) => each.ref.instanceId === instanceId)?.alert

test('the checks of an instance are told, and what AWS plans for another', async () => {
  expect(await practice.core.client.instances.health({ ref: web1 })).toEqual({
    checks: [
      { what: 'system', status: 'ok' },
      { what: 'instance', status: 'ok' },
      { what: 'disks', status: 'ok' },
    ],
    events: [],
  })
  const { events } = await practice.core.client.instances.health({ ref: legacy })
  expect(events).toMatchObject([{ code: 'instance-retirement', said: 'The instance is running on degraded hardware' }])
  await expect
    .poll(() => alertOf(legacy))
    .toEqual({ impaired: [], event: { code: 'instance-retirement', notBefore: events[0]?.notBefore } })
  expect(await practice.core.client.instances.health({ ref: batch })).toEqual({ checks: [], events: [] })
})

test('the list tells of a check that fails from the next look on, and the instance since when', async () => {
  const impairedSince = new Date('2026-11-28T22:10:00Z')
  const status = { system: 'ok', instance: 'impaired', disks: 'ok' }
  await practice.cloud.setSurroundings({ ...surroundingsOf({ ...good, status }, undefined, cache.instanceId), impairedSince })
  await practice.core.client.inventory.refresh({ profile: 'practice', region: cache.region })
  await expect.poll(() => alertOf(cache)).toEqual({ impaired: ['instance'] })
  expect((await practice.core.client.instances.health({ ref: cache })).checks[1]).toEqual({
    what: 'instance',
    status: 'impaired',
    impairedSince: impairedSince.toISOString(),
  })
})

test('the list is there all the same where its alerts may not be seen', async () => {
  await practice.cloud.fail({ action: 'DescribeInstanceStatus', code: 'UnauthorizedOperation' })
  await practice.core.client.inventory.refresh({ profile: 'practice', region: 'sa-east-1' })
  await expect
    .poll(async () => (await practice.core.client.inventory.region({ profile: 'practice', region: 'sa-east-1' })).instances.length)
    .toBe(2)
  await expect(practice.core.client.instances.health({ ref: legacy })).rejects.toMatchObject({
    data: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:DescribeInstanceStatus' } },
  })
})

test('its metrics are those of the time that was asked for, as often as EC2 reports them', async () => {
  const { series, from, to } = await practice.core.client.instances.metrics({ ref: web1, span: '6h' })
  expect(to - from).toBe(6 * 3_600_000)
  expect(series.map(({ metric, periodSeconds, points }) => [metric, periodSeconds, points.length])).toEqual(
    ['cpu', 'cpu-highest', 'network-in', 'network-out', 'disk-read', 'disk-write', 'credits'].map((metric) => [metric, 300, 72]),
  )
  expect(series.flatMap(({ points }) => points).every(({ at, value }) => at >= from && at < to && value >= 0)).toBe(true)

  const detailed = await practice.core.client.instances.metrics({ ref: database, span: '1h' })
  expect(detailed.series.map(({ metric, points }) => [metric, points.length])).toEqual(
    ['cpu', 'cpu-highest', 'network-in', 'network-out', 'disk-read', 'disk-write'].map((metric) => [metric, 60]),
  )
  // Of a Xen instance EC2 tells nothing about its volumes.
  expect((await practice.core.client.instances.metrics({ ref: legacy, span: '1w' })).series.map(({ metric }) => metric)).not.toContain(
    'disk-read',
  )
  expect((await practice.core.client.instances.metrics({ ref: batch, span: '2w' })).series).toEqual([])
})

test('two weeks say whether it was idle', async () => {
  const idle = async (of: InstanceRef) => (await practice.core.client.instances.metrics({ ref: of, span: '2w' })).idle
  expect(await idle(staging)).toMatchObject({ verdict: 'idle', knownDays: 14 })
  expect(await idle(database)).toMatchObject({ verdict: 'busy', knownDays: 14 })
  expect(await idle(batch)).toMatchObject({ verdict: 'unknown', knownDays: 0 })
  expect((await practice.core.client.instances.metrics({ ref: staging, span: '1w' })).idle).toBeUndefined()
})

test('what was measured stays known once it is stopped, and AWS retires what was started anew no more', async () => {
  await practice.cloud.setTimes({ stopping: 20, pending: 20, boot: 20 })
  await practice.core.client.inventory.act({ ref: legacy, action: 'stop' })
  const state = async () =>
    (await practice.core.client.inventory.region({ profile: 'practice', region: 'sa-east-1' })).instances.find(
      (each) => each.ref.instanceId === legacy.instanceId,
    )?.state
  await expect.poll(state, { timeout: 20_000 }).toBe('stopped')
  expect(await alertOf(legacy)).toBeUndefined()
  expect((await practice.core.client.instances.metrics({ ref: legacy, span: '1d' })).series.length).toBeGreaterThan(0)
  await practice.core.client.inventory.act({ ref: legacy, action: 'start' })
  await expect.poll(state, { timeout: 20_000 }).toBe('running')
  expect((await practice.core.client.instances.health({ ref: legacy })).events).toEqual([])
})

test('a permission that is missing is named', async () => {
  await practice.cloud.fail({ action: 'GetMetricData', code: 'AccessDeniedException' })
  await expect(practice.core.client.instances.metrics({ ref: web1, span: '1d' })).rejects.toMatchObject({
    data: { code: 'AWS_NOT_ALLOWED', details: { action: 'cloudwatch:GetMetricData' } },
  })
})
