import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { type AwsFixture, openAws, waitFor } from '../../support/aws.ts'

let cloud: PracticeCloud
let fixture: AwsFixture
beforeAll(async () => {
  cloud = await startPracticeCloud({})
  await cloud.setTimes({ pending: 100, stopping: 100 })
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  fixture = await openAws()
})
afterEach(async () => {
  await fixture.close()
  await cloud.clearFaults()
})

const allReady = () =>
  waitFor(fixture.aws.inventory.state, ({ regions }) => regions.length > 0 && regions.every(({ phase }) => phase !== 'loading'))
const region = (name: string) => fixture.aws.inventory.state.value.regions.find((row) => row.region === name)
function named(name: string): InstanceRef {
  const { inventory } = fixture.aws
  const rows = inventory.state.value.regions.flatMap(({ profile, region }) => inventory.region(profile, region).instances)
  const found = rows.find((row) => row.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found.ref
}

describe('the practice cloud', () => {
  test('is there and selected while it runs, and leaves nothing on disk', async () => {
    expect(fixture.aws.profiles.state.value.profiles).toEqual([])
    await fixture.aws.setPracticeCloud(cloud)
    const { regions } = await allReady()
    expect(regions.map(({ profile, error }) => ({ profile, error }))).toEqual(
      regions.map(() => ({ profile: 'practice', error: undefined })),
    )
    expect(regions.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(12)
    expect(fixture.aws.profiles.state.value.profiles).toMatchObject([{ name: 'practice', kind: 'practice', selected: true }])
    await fixture.aws.setPracticeCloud(undefined)
    expect(fixture.aws.profiles.state.value.profiles).toEqual([])
    expect(fixture.aws.inventory.state.value).toEqual({ profiles: [], regions: [] })
    expect(fixture.settings.value.profiles).toBeUndefined()
    fixture = await fixture.restart()
    expect(fixture.aws.inventory.state.value.regions).toEqual([])
  })

  test('shows a region that fails in its own place, and the others all the same', async () => {
    await cloud.fail({ action: 'DescribeInstances', region: 'eu-west-1', code: 'UnauthorizedOperation' })
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    expect(region('eu-west-1')).toMatchObject({
      phase: 'failed',
      stale: false,
      error: { code: 'AWS_NOT_ALLOWED', details: { profile: 'practice', action: 'ec2:DescribeInstances' } },
    })
    expect(region('us-east-1')).toMatchObject({ phase: 'ready' })
  })

  test('keeps a region’s last rows, marked as old, when it fails later', async () => {
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    const before = region('us-east-1')
    await cloud.fail({ action: 'DescribeInstances', region: 'us-east-1', code: 'InternalError' })
    fixture.aws.inventory.refresh({ profile: 'practice', region: 'us-east-1' })
    await waitFor(fixture.aws.inventory.state, () => region('us-east-1')?.phase === 'failed')
    expect(region('us-east-1')).toEqual({
      ...before,
      phase: 'failed',
      stale: true,
      error: { code: 'AWS_REFUSED', details: { action: 'ec2:DescribeInstances', awsCode: 'InternalError', message: expect.any(String) } },
    })
  })

  test('shows a region’s rows as soon as it answers', async () => {
    await cloud.delay({ action: 'DescribeInstances', region: 'eu-west-1', ms: 60_000, times: 1 })
    await fixture.aws.setPracticeCloud(cloud)
    const { regions } = await waitFor(fixture.aws.inventory.state, () => region('us-east-1')?.phase === 'ready')
    expect(regions.find((row) => row.region === 'eu-west-1')?.phase).toBe('loading')
    expect(fixture.aws.inventory.region('practice', 'us-east-1').instances.length).toBeGreaterThan(0)
  })

  test('names the login that expired', async () => {
    await cloud.fail({ code: 'RequestExpired' })
    await fixture.aws.setPracticeCloud(cloud)
    const { profiles } = await waitFor(fixture.aws.inventory.state, (state) => state.profiles[0]?.phase === 'failed')
    expect(profiles[0]?.error).toEqual({ code: 'AWS_LOGIN_EXPIRED', details: { profile: 'practice', kind: 'session' } })
  })

  test('follows a machine that is stopped and started to its new address', async () => {
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    const { inventory } = fixture.aws
    const ref = named('web-1')
    const before = inventory.find(ref)?.publicAddress
    await inventory.act(ref, 'stop')
    await waitFor(inventory.state, () => inventory.find(ref)?.state === 'stopped')
    expect(inventory.find(ref)?.publicAddress).toBeUndefined()
    await inventory.act(ref, 'start')
    await waitFor(inventory.state, () => inventory.find(ref)?.state === 'running')
    const after = inventory.find(ref)?.publicAddress
    expect({ after, differs: after !== before }).toEqual({ after: expect.stringMatching(/^[\d.]+$/), differs: true })
  })

  test('tells an image’s facts, also of one that is gone', async () => {
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    const { inventory, facts } = fixture.aws
    const rows = inventory.state.value.regions.flatMap((row) => inventory.region('practice', row.region).instances)
    const images = await Promise.all(rows.map((row) => facts.image(row.ref, row.imageId)))
    expect(images.every((image) => image?.name)).toBe(true)
    expect(new Set(images.map((image) => image?.gone))).toEqual(new Set([true, false]))
  })

  test('tells a key pair with its public key, and what the console printed', async () => {
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    const { inventory, facts } = fixture.aws
    const ref = named('web-1')
    expect(await facts.keyPair(ref, inventory.find(ref)?.keyName ?? '')).toMatchObject({
      id: expect.stringMatching(/^key-/),
      name: 'practice',
      publicKey: expect.stringMatching(/^ssh-/),
    })
    expect(await facts.keyPair(ref, 'no-such-pair')).toBeUndefined()
    expect(await facts.consoleOutput(ref)).toEqual({ kind: 'text', text: expect.stringContaining('BEGIN SSH HOST KEY') })
    await cloud.fail({ action: 'GetConsoleOutput', code: 'UnauthorizedOperation' })
    expect(await facts.consoleOutput(named('web-2'))).toEqual({ kind: 'not-allowed' })
  })
})

describe('which regions are listed', () => {
  const listed = () => fixture.aws.inventory.state.value.regions.map((row) => row.region)

  test('those that the person wants, as soon as they say so', async () => {
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    expect(listed().length).toBeGreaterThan(1)
    fixture.settings.update((value) => ({ ...value, regions: { practice: ['eu-west-1'] } }))
    await waitFor(fixture.aws.inventory.state, ({ regions }) => regions.length === 1 && regions[0]?.phase === 'ready')
    expect(listed()).toEqual(['eu-west-1'])
  })

  test('the profile’s own, where nobody may ask which there are', async () => {
    await cloud.fail({ action: 'DescribeRegions', code: 'UnauthorizedOperation' })
    await fixture.aws.setPracticeCloud(cloud)
    await allReady()
    expect(listed()).toEqual(['us-east-1'])
    expect(fixture.aws.inventory.state.value.profiles[0]).toMatchObject({ phase: 'ready' })
  })
})

test('ten thousand instances are listed a page at a time', async () => {
  await cloud.setInstances(10_000)
  try {
    await fixture.aws.setPracticeCloud(cloud)
    const { regions } = await allReady()
    expect(regions.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
  } finally {
    await cloud.setInstances(0)
  }
})

test('a person who waits for a refresh sees it under way, and a throttled one is told so in the end', async () => {
  await fixture.aws.setPracticeCloud(cloud)
  await allReady()
  await cloud.fail({ action: 'DescribeInstances', region: 'eu-west-1', code: 'RequestLimitExceeded' })
  fixture.aws.inventory.refresh({})
  expect(fixture.aws.inventory.state.value.profiles[0]?.phase).toBe('loading')
  await waitFor(fixture.aws.inventory.state, () => region('eu-west-1')?.phase === 'failed')
  expect(region('eu-west-1')?.error).toEqual({ code: 'AWS_THROTTLED', details: { profile: 'practice', action: 'ec2:DescribeInstances' } })
})
