import { expect, test } from 'vitest'
import { usePracticeCore } from '../../support/practice-core.ts'

const practice = usePracticeCore()

const web1 = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const windows = { profile: 'practice', region: 'eu-west-1', instanceId: 'i-0e5b9f1a3c7d84062' }
const known = { kind: 'known', currency: 'USD', spot: false, dedicated: false, reserved: false }

test('an instance costs what the list says for its type, system and region, and its disks beside it', async () => {
  const { price } = practice.core.client.instances
  expect(await price({ kind: 'instance', ref: web1 })).toEqual({
    ...{ ...known, type: 't3.micro', system: 'Linux' },
    month: expect.closeTo(7.59, 2),
    disks: { month: expect.closeTo(0.64, 2), sizeGiB: 8 },
  })
  expect(await price({ kind: 'instance', ref: web1, type: 't3.medium' })).toMatchObject({
    type: 't3.medium',
    month: expect.closeTo(30.37, 2),
  })
  expect(await price({ kind: 'instance', ref: windows })).toMatchObject({ system: 'Windows', month: expect.closeTo(88.97, 2) })
})

test('so does a new one; a type that the list does not have has no price', async () => {
  const place = { kind: 'new', profile: 'practice', region: 'us-east-1' } as const
  const { price } = practice.core.client.instances
  expect(await price({ ...place, type: 't4g.nano', operation: 'RunInstances' })).toMatchObject({ ...known, month: expect.closeTo(3.07, 2) })
  const unlisted = { kind: 'unknown', type: 't4g.nano', reason: 'not-listed' }
  expect(await price({ ...place, type: 't4g.nano', operation: 'RunInstances:0002' })).toEqual(unlisted)
})

test('the same is asked once a day, and a missing permission is named', async () => {
  await practice.cloud.fail({ action: 'GetProducts', code: 'AccessDeniedException' })
  const { price } = practice.core.client.instances
  expect(await price({ kind: 'instance', ref: web1 })).toMatchObject({ type: 't3.micro' })
  await expect(price({ kind: 'instance', ref: web1, type: 't3.large' })).rejects.toMatchObject({
    data: { code: 'AWS_NOT_ALLOWED', details: { action: 'pricing:GetProducts' } },
  })
})
