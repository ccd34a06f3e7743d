import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeRegionsCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
} from '@aws-sdk/client-ec2'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, describe, expect, it } from 'vitest'
import { usePractice } from './practice.ts'

const practice = usePractice()
afterEach(() => practice.cloud.clearFaults())

const list = () => new DescribeInstancesCommand({})
const answer = (name: string, httpStatusCode: number) => ({ name, $metadata: expect.objectContaining({ httpStatusCode }) })

describe('what the practice account refuses', () => {
  it('is asked with a key that it does not know', async () => {
    const stranger = practice.client({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wrong' } })
    await expect(stranger.send(list())).rejects.toMatchObject(answer('AuthFailure', 401))
  })

  it('is asked with a wrong secret', async () => {
    const credentials = { ...(await practice.client().config.credentials()), secretAccessKey: 'wrong' }
    await expect(practice.client({ credentials }).send(list())).rejects.toMatchObject(answer('AuthFailure', 401))
    const sts = new STSClient({ region: 'us-east-1', endpoint: practice.endpoint, credentials, maxAttempts: 1 })
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject(answer('SignatureDoesNotMatch', 403))
  })

  it('is asked by a clock that is an hour late', async () => {
    const late = practice.client({ systemClockOffset: -3_600_000 })
    await expect(late.send(list())).rejects.toMatchObject(answer('RequestExpired', 400))
  })

  it('is asked about a region that it has not opted into', async () => {
    await expect(practice.client({ region: 'me-south-1' }).send(list())).rejects.toMatchObject(answer('AuthFailure', 401))
  })

  it('is asked without a signature', async () => {
    const response = await fetch(practice.endpoint, { method: 'POST', body: 'Action=DescribeInstances' })
    expect({ status: response.status, body: await response.text() }).toEqual({
      status: 403,
      body: expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    })
  })

  it.each([
    ['an instance that is not there', { InstanceIds: ['i-0ffffffffffffffff'] }, 'InvalidInstanceID.NotFound'],
    ['an instance of another region', { InstanceIds: ['i-03e8b5a7c9d1f2460'] }, 'InvalidInstanceID.NotFound'],
    ['something that is no id', { InstanceIds: ['web-1'] }, 'InvalidInstanceID.Malformed'],
    ['an unknown filter', { Filters: [{ Name: 'colour', Values: ['red'] }] }, 'InvalidParameterValue'],
    ['too small a page', { MaxResults: 1 }, 'InvalidParameterValue'],
    ['a page of named instances', { MaxResults: 5, InstanceIds: ['i-0a41c7e92b5d3f801'] }, 'InvalidParameterCombination'],
    ['a page that nobody gave out', { NextToken: 'made-up' }, 'InvalidNextToken'],
  ])('is asked for %s', async (_what, input, code) => {
    await expect(practice.client().send(new DescribeInstancesCommand(input))).rejects.toMatchObject(answer(code, 400))
  })

  it('is asked for other things that are not there', async () => {
    const client = practice.client()
    await expect(client.send(new DescribeImagesCommand({ ImageIds: ['ami-0ffffffffffffffff'] }))).rejects.toMatchObject(
      answer('InvalidAMIID.NotFound', 400),
    )
    await expect(client.send(new DescribeKeyPairsCommand({ KeyNames: ['none'] }))).rejects.toMatchObject(
      answer('InvalidKeyPair.NotFound', 400),
    )
    await expect(client.send(new DescribeRegionsCommand({ RegionNames: ['mars-1'] }))).rejects.toMatchObject(
      answer('InvalidParameterValue', 400),
    )
  })

  it('is asked to reboot an instance that is stopped', async () => {
    const reboot = practice.client().send(new RebootInstancesCommand({ InstanceIds: ['i-0b7e4190c2d8f6a53'] }))
    await expect(reboot).rejects.toMatchObject(answer('IncorrectInstanceState', 400))
  })

  it('is only asked whether it would do it', async () => {
    const start = practice.client().send(new StartInstancesCommand({ InstanceIds: ['i-0b7e4190c2d8f6a53'], DryRun: true }))
    await expect(start).rejects.toMatchObject(answer('DryRunOperation', 412))
    const { Reservations } = await practice.client().send(new DescribeInstancesCommand({ InstanceIds: ['i-0b7e4190c2d8f6a53'] }))
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('stopped')
  })
})

describe('what goes wrong on purpose', () => {
  it.each([
    ['UnauthorizedOperation', 403],
    ['RequestExpired', 400],
    ['RequestLimitExceeded', 503],
    ['OptInRequired', 401],
    ['InternalError', 500],
  ])('%s with its usual status', async (code, status) => {
    await practice.cloud.fail({ code })
    await expect(practice.client().send(list())).rejects.toMatchObject(answer(code, status))
  })

  it('names the missing action', async () => {
    await practice.cloud.fail({ action: 'DescribeInstances', code: 'UnauthorizedOperation' })
    await expect(practice.client().send(list())).rejects.toThrow('is not authorized to perform: ec2:DescribeInstances')
  })

  it('only for the named action, in the named region, so many times', async () => {
    await practice.cloud.fail({ action: 'DescribeInstances', region: 'eu-west-1', code: 'UnauthorizedOperation', times: 1 })
    const europe = practice.client({ region: 'eu-west-1' })
    await practice.client().send(list())
    await europe.send(new DescribeRegionsCommand({}))
    await expect(europe.send(list())).rejects.toMatchObject({ name: 'UnauthorizedOperation' })
    await europe.send(list())
  })

  it('is overcome by the retries of the SDK when it was throttling', async () => {
    await practice.cloud.fail({ code: 'RequestLimitExceeded', times: 2 })
    const { $metadata } = await practice.client({ maxAttempts: 3 }).send(list())
    expect($metadata.attempts).toBe(3)
  })

  it('answers late when it shall', async () => {
    await practice.cloud.delay({ action: 'DescribeInstances', ms: 60_000, times: 1 })
    const slow = practice.client().send(list(), { abortSignal: AbortSignal.timeout(100) })
    await expect(slow).rejects.toMatchObject({ name: 'AbortError' })
    await practice.client().send(list())
  })
})
