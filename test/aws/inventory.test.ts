import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AwsFixture, openAws, waitFor } from '../support/aws.ts'
import { type Moto, startMoto } from '../support/moto.ts'

/** An Ubuntu that moto knows. */
const IMAGE = 'ami-785db401'
const REGIONS = ['eu-west-1', 'us-east-1']

let moto: Moto
let fixture: AwsFixture | undefined
beforeAll(async () => {
  moto = await startMoto()
})
afterAll(() => moto.stop())
afterEach(async () => {
  await fixture?.close()
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' })
})

function ec2(region: string) {
  return new EC2({ region, endpoint: moto.endpoint, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'test' } })
}
async function launch(region: string, name: string, more = {}) {
  const tags = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: name }] }]
  const { Instances } = await ec2(region).runInstances({
    ImageId: IMAGE,
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: tags,
    ...more,
  })
  return Instances?.[0]?.InstanceId ?? ''
}
const credentials = '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = test\n'
const config = () => `[profile prod]\nregion = us-east-1\nendpoint_url = ${moto.endpoint}\n`
async function openProd(regions: Record<string, string[]> = { prod: REGIONS }) {
  fixture = await openAws({ files: { config: config(), credentials }, settings: { regions } })
  return fixture
}
const allReady = ({ aws }: AwsFixture) =>
  waitFor(aws.inventory.state, ({ regions }) => regions.length === REGIONS.length && regions.every(({ phase }) => phase === 'ready'))

describe('the list of instances', () => {
  test('has every enabled region of the only profile', async () => {
    const { aws } = await openProd({})
    const { Regions = [] } = await ec2('us-east-1').describeRegions({})
    const expected = Regions.map(({ RegionName }) => RegionName).sort()
    const state = await waitFor(aws.inventory.state, ({ regions }) => regions.length > 0 && regions.every(({ phase }) => phase === 'ready'))
    expect(state.regions.map(({ region }) => region)).toEqual(expected)
    expect(await aws.inventory.regions('prod')).toEqual(expected)
  })

  test('has a row for each instance, with its name, state, addresses and tags', async () => {
    const id = await launch('eu-west-1', 'web-1', { KeyName: 'course' })
    const opened = await openProd()
    const state = await allReady(opened)
    const { instances, revision } = opened.aws.inventory.region('prod', 'eu-west-1')
    expect(state.profiles).toEqual([{ profile: 'prod', phase: 'ready', accountId: '123456789012' }])
    expect(state.regions.map(({ region, count, stale }) => ({ region, count, stale }))).toEqual([
      { region: 'eu-west-1', count: 1, stale: false },
      { region: 'us-east-1', count: 0, stale: false },
    ])
    expect(revision).toBeGreaterThan(0)
    expect(instances).toEqual([
      expect.objectContaining({
        ref: { profile: 'prod', region: 'eu-west-1', instanceId: id },
        accountId: '123456789012',
        name: 'web-1',
        state: 'running',
        type: 't3.micro',
        zone: expect.stringMatching(/^eu-west-1[a-z]$/),
        windows: false,
        imageId: IMAGE,
        keyName: 'course',
        publicAddress: expect.stringMatching(/^[\d.]+$/),
        privateAddress: expect.stringMatching(/^[\d.]+$/),
        launchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        tags: { Name: 'web-1' },
      }),
    ])
  })

  test('holds more instances than one page of EC2’s', async () => {
    await ec2('eu-west-1').runInstances({ ImageId: IMAGE, MinCount: 1100, MaxCount: 1100 })
    const opened = await openProd()
    const { regions } = await waitFor(opened.aws.inventory.state, ({ regions }) =>
      regions.some(({ region, phase }) => region === 'eu-west-1' && phase === 'ready'),
    )
    expect(regions.find(({ region }) => region === 'eu-west-1')?.count).toBe(1100)
  })

  test('is shown at once at the next start, marked as old, and then refreshed', async () => {
    await launch('eu-west-1', 'web-1')
    const first = await openProd()
    await allReady(first)
    const gone = moto
    await gone.stop()
    fixture = await first.restart()
    const { regions } = await waitFor(fixture.aws.inventory.state, (state) => state.regions.length > 0)
    expect(regions.find(({ region }) => region === 'eu-west-1')).toMatchObject({ stale: true, count: 1, asOf: expect.any(String) })
    expect(fixture.aws.inventory.region('prod', 'eu-west-1').instances[0]?.name).toBe('web-1')
    const failed = await waitFor(fixture.aws.inventory.state, ({ profiles }) => profiles[0]?.phase === 'failed')
    expect(failed.profiles[0]?.error).toEqual({ code: 'AWS_UNREACHABLE', details: { endpoint: gone.endpoint, reason: 'refused' } })
    moto = await startMoto()
  })
})

describe('an instance’s state', () => {
  test('follows a stop and a start that were ordered here', async () => {
    const id = await launch('eu-west-1', 'web-1')
    const opened = await openProd()
    await allReady(opened)
    const { inventory } = opened.aws
    const ref = { profile: 'prod', region: 'eu-west-1', instanceId: id }
    const reached = (state: string) => waitFor(inventory.state, () => inventory.find(ref)?.state === state)
    await inventory.act(ref, 'stop')
    await reached('stopped')
    await inventory.act(ref, 'start')
    await reached('running')
    await inventory.act(ref, 'reboot')
    expect((await inventory.lookUp(ref)).state).toBe('running')
  })

  test('is looked up for one instance, and an unknown one is not found', async () => {
    const id = await launch('eu-west-1', 'web-1')
    const { aws } = await openProd()
    const ref = { profile: 'prod', region: 'eu-west-1', instanceId: id }
    expect((await aws.inventory.lookUp(ref)).name).toBe('web-1')
    await expect(aws.inventory.lookUp({ ...ref, instanceId: 'i-0123456789abcdef0' })).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
      details: { instanceId: 'i-0123456789abcdef0' },
    })
    await expect(aws.inventory.act({ ...ref, instanceId: 'i-0123456789abcdef0' }, 'stop')).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
    })
    await expect(aws.inventory.lookUp({ ...ref, profile: 'other' })).rejects.toMatchObject({ code: 'AWS_PROFILE_UNKNOWN' })
  })
})
