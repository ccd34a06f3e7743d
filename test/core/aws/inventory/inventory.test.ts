import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { toInstance } from '../../../../core/aws/inventory/instance.ts'
import { openProfileCache } from '../../../../core/aws/inventory/inventory-cache.ts'
import { remembered } from '../../../../core/aws/inventory/region-rows.ts'
import { type AwsFixture, openAws, waitFor } from '../../../support/aws.ts'
import { type AwsAnswer, type AwsEndpoint, type AwsRequest, ec2Error, openEndpoint, stsAnswer } from '../../../support/aws-endpoint.ts'

let fixture: AwsFixture | undefined
let endpoint: AwsEndpoint | undefined
afterEach(async () => {
  await fixture?.close()
  await endpoint?.close()
})

const credentials = '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
const ec2 = (action: string, inside: string): AwsAnswer => ({
  body: `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inside}</${action}Response>`,
})
/** Two regions, of which one is not opted in; nobody may list instances. */
function answer({ action, headers }: AwsRequest): AwsAnswer {
  if (action === 'GetCallerIdentity')
    return stsAnswer(action, '<Arn>arn:aws:iam::222222222222:root</Arn><UserId>A</UserId><Account>222222222222</Account>')
  if (action === 'DescribeRegions') {
    return ec2(
      action,
      '<regionInfo><item><regionName>ap-east-1</regionName></item><item><regionName>eu-west-1</regionName></item></regionInfo>',
    )
  }
  return headers.authorization?.includes('/ap-east-1/')
    ? ec2Error('AuthFailure', 'AWS was not able to validate the provided access credentials', 401)
    : ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403)
}
async function open() {
  endpoint = await openEndpoint(answer)
  fixture = await openAws({ files: { credentials }, environment: { AWS_ENDPOINT_URL: endpoint.url }, settings: { profiles: [] } })
  return fixture
}
const settled = ({ aws }: AwsFixture) =>
  waitFor(
    aws.inventory.state,
    ({ profiles, regions }) =>
      profiles[0]?.accountId === '222222222222' && regions.length === 2 && regions.every(({ phase }) => phase === 'failed'),
  )

test('a region that the account has not enabled is told from credentials that are not good', async () => {
  const opened = await open()
  opened.aws.profiles.select(['prod'])
  const { profiles, regions } = await settled(opened)
  expect(profiles[0]).toMatchObject({ phase: 'ready' })
  expect(regions.map(({ error }) => error)).toEqual([
    { code: 'AWS_REGION_DISABLED', details: { profile: 'prod', region: 'ap-east-1' } },
    { code: 'AWS_NOT_ALLOWED', details: { profile: 'prod', action: 'ec2:DescribeInstances' } },
  ])
})

test.each([
  ['of this account stay, marked as old', '222222222222', 1],
  ['of another account are not shown as this one’s', '111111111111', 0],
])('rows on disk %s', async (_, accountId, count) => {
  const opened = await open()
  const place = { profile: 'prod', region: 'eu-west-1' }
  const row = toInstance({ InstanceId: 'i-1', State: { Name: 'running' } }, { OwnerId: accountId }, place)
  const cache = openProfileCache(opened.dataFolder, 'prod', pino({ level: 'silent' }))
  cache.write(remembered('prod', 'eu-west-1', row ? [row] : [], '2026-01-02T03:04:05.000Z'), accountId)
  await cache.settled()
  opened.aws.profiles.select(['prod'])
  const { regions } = await settled(opened)
  expect(regions.find(({ region }) => region === 'eu-west-1')).toMatchObject({ count, stale: count > 0 })
})
