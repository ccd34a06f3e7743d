import { CloudWatch } from '@aws-sdk/client-cloudwatch'
import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwsFixture, openAws } from '../support/aws.ts'
import { type Moto, startMoto } from '../support/moto.ts'

/**
 * CloudWatch and Systems Manager of an AWS that nobody here wrote, as far as moto has them: it knows no Data Lifecycle Manager and no
 * Price List API, and of Systems Manager neither the list of agents nor that of a command's invocations.
 */
let moto: Moto
let fixture: AwsFixture
let instanceId: string
const place = { profile: 'work', region: 'us-east-1' }
const PERIOD_MS = 5 * 60_000
beforeAll(async () => {
  moto = await startMoto()
  const client = { endpoint: moto.endpoint, region: place.region, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' } }
  const ec2 = new EC2(client)
  const { Images = [] } = await ec2.describeImages({})
  const { Instances } = await ec2.runInstances({ ImageId: Images[0]?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 })
  instanceId = Instances?.[0]?.InstanceId ?? ''
  fixture = await openAws({
    files: {
      config: '[profile work]\nregion = us-east-1\n',
      credentials: '[work]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n',
    },
    environment: { AWS_ENDPOINT_URL: moto.endpoint },
  })
})
afterAll(async () => {
  await fixture?.close()
  await moto?.stop()
})

test('what was reported of an instance is averaged, and summed to a rate, by the period', async () => {
  const cloudWatch = new CloudWatch({
    ...{ endpoint: moto.endpoint, region: place.region },
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  })
  const at = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS - 4 * PERIOD_MS
  const report = (MetricName: string, Value: number, afterMs: number) => ({
    ...{ MetricName, Value, Timestamp: new Date(at + afterMs) },
    Dimensions: [{ Name: 'InstanceId', Value: instanceId }],
  })
  await cloudWatch.putMetricData({
    Namespace: 'AWS/EC2',
    MetricData: [
      report('CPUUtilization', 10, 0),
      report('CPUUtilization', 30, 60_000),
      report('NetworkIn', 100_000, 0),
      report('NetworkIn', 200_000, 60_000),
      report('CPUCreditBalance', 144, 0),
    ],
  })
  const { series } = await fixture.aws.metrics.of({ ...place, instanceId }, '1h')
  expect(series.flatMap(({ metric, points }) => points.map((point) => [metric, point.at, point.value]))).toEqual([
    ['cpu', at, 20],
    ['cpu-highest', at, 30],
    ['network-in', at, 1_000],
    ['credits', at, 144],
  ])
})

test('a command that was sent has an id and a time of AWS’s own; an instance that it was not sent to has printed nothing', async () => {
  const before = Date.now()
  const { systemsManager } = fixture.aws
  const sent = await systemsManager.send(place, {
    ...{ DocumentName: 'AWS-RunShellScript', InstanceIds: [instanceId], Parameters: { commands: ['uptime'] } },
    ...{ MaxConcurrency: '50%', MaxErrors: '1', Comment: 'Mooring' },
  })
  expect(sent.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(Math.abs(sent.at - before)).toBeLessThan(60_000)
  // moto runs nothing: what it ran has printed nothing either.
  for (const of of [instanceId, 'i-0123456789abcdef0'])
    expect(await systemsManager.output(place, { commandId: sent.id, instanceId: of })).toBe('')
})
