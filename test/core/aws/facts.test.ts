import { afterEach, describe, expect, test } from 'vitest'
import { type AwsFixture, openAws } from '../../support/aws.ts'
import { type AwsAnswer, type AwsEndpoint, type AwsRequest, ec2Error, openEndpoint } from '../../support/aws-endpoint.ts'

let fixture: AwsFixture | undefined
let endpoint: AwsEndpoint | undefined
afterEach(async () => {
  await fixture?.close()
  await endpoint?.close()
})

const credentials = '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
const ref = { profile: 'prod', region: 'eu-west-1', instanceId: 'i-0123456789abcdef0' }

async function open(answer: (request: AwsRequest) => AwsAnswer) {
  endpoint = await openEndpoint(answer)
  fixture = await openAws({ files: { credentials }, environment: { AWS_ENDPOINT_URL: endpoint.url }, settings: { profiles: [] } })
  return { facts: fixture.aws.facts, requests: endpoint.requests }
}
const images = (...items: string[]): AwsAnswer => ({
  body: `<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet>${items.map((item) => `<item>${item}</item>`).join('')}</imagesSet></DescribeImagesResponse>`,
})
const own = '<imageId>ami-own</imageId><name>web-golden</name><imageOwnerId>123456789012</imageOwnerId>'

describe('an image', () => {
  test('that was copied tells what it was copied from, in the region where that is', async () => {
    const { facts, requests } = await open(({ parameters }) =>
      parameters['Filter.1.Value.1'] === 'ami-own'
        ? images(`${own}<sourceImageId>ami-ubuntu</sourceImageId><sourceImageRegion>us-east-1</sourceImageRegion>`)
        : images(
            '<imageId>ami-ubuntu</imageId><name>ubuntu/images/hvm-ssd/ubuntu-noble</name><imageOwnerId>099720109477</imageOwnerId><sourceImageId>ami-older</sourceImageId>',
          ),
    )
    expect(await facts.image(ref, 'ami-own')).toEqual({
      imageId: 'ami-own',
      name: 'web-golden',
      ownerId: '123456789012',
      gone: false,
      source: { imageId: 'ami-ubuntu', name: 'ubuntu/images/hvm-ssd/ubuntu-noble', ownerId: '099720109477', gone: false },
    })
    expect(requests.map(({ headers }) => /\/(\w+-\w+-\d)\/ec2/.exec(headers.authorization ?? '')?.[1])).toEqual(['eu-west-1', 'us-east-1'])
  })

  test('is there although what it was copied from may not be seen', async () => {
    const { facts } = await open(({ parameters }) =>
      parameters['Filter.1.Value.1'] === 'ami-own'
        ? images(`${own}<sourceImageId>ami-secret</sourceImageId>`)
        : ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403),
    )
    expect(await facts.image(ref, 'ami-own')).toMatchObject({ imageId: 'ami-own', gone: false })
  })

  test('that is gone, at an endpoint that keeps no memory of it, is not known', async () => {
    const { facts } = await open(({ action }) => (action === 'DescribeImages' ? images() : ec2Error('InvalidAction', 'Unknown action')))
    expect(await facts.image(ref, 'ami-own')).toBeUndefined()
  })

  test('is asked for once, by however many at a time', async () => {
    const { facts, requests } = await open(() => images(own))
    await Promise.all([facts.image(ref, 'ami-own'), facts.image({ ...ref, instanceId: 'i-other' }, 'ami-own')])
    await facts.image(ref, 'ami-own')
    expect(requests).toHaveLength(1)
  })

  test('is asked for again after a failure', async () => {
    let broken = true
    const { facts } = await open(() =>
      broken ? ec2Error('AuthFailure', 'AWS was not able to validate the provided access credentials', 401) : images(own),
    )
    await expect(facts.image(ref, 'ami-own')).rejects.toMatchObject({ code: 'AWS_CREDENTIALS_INVALID' })
    broken = false
    expect(await facts.image(ref, 'ami-own')).toMatchObject({ name: 'web-golden' })
  })
})

test('the console’s text is decoded, and an empty console is empty', async () => {
  const output = (text: string): AwsAnswer => ({
    body: `<GetConsoleOutputResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceId>i</instanceId><output>${Buffer.from(text).toString('base64')}</output></GetConsoleOutputResponse>`,
  })
  const { facts } = await open(({ parameters }) => output(parameters.InstanceId === 'i-silent' ? '\n' : 'Welcome\r\nñandú'))
  expect(await facts.consoleOutput(ref)).toEqual({ kind: 'text', text: 'Welcome\r\nñandú' })
  expect(await facts.consoleOutput({ ...ref, instanceId: 'i-silent' })).toEqual({ kind: 'empty' })
})

test('of a profile that is not there, nothing is known, and it is said whose', async () => {
  const { facts } = await open(() => images())
  const other = { ...ref, profile: 'other' }
  await expect(facts.image(other, 'ami-own')).rejects.toMatchObject({ code: 'AWS_PROFILE_UNKNOWN', details: { profile: 'other' } })
})
