import { EC2 } from '@aws-sdk/client-ec2'
import { STS } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserErrorData } from '../../../contract/errors.ts'
import { type Attempt, toUserError } from '../../../core/aws/failures.ts'
import { UserError } from '../../../core/user-error.ts'
import { type AwsAnswer, type AwsEndpoint, ec2Error, openEndpoint, stsError } from '../../support/aws-endpoint.ts'

/** Each document goes through the genuine client, so that what is decided upon is what the SDK really throws. */
let endpoint: AwsEndpoint
let answer: AwsAnswer
beforeAll(async () => {
  endpoint = await openEndpoint(() => answer)
})
afterAll(() => endpoint.close())

const attempt: Attempt = { profile: 'prod', action: 'ec2:DescribeInstances', login: 'session', region: 'eu-west-1' }
const client = (url: string) => ({
  endpoint: url,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'very-secret' },
  requestHandler: { requestTimeout: 3_000, throwOnRequestTimeout: true },
})
async function thrownBy(call: Promise<unknown>, about: Attempt): Promise<UserErrorData> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  return toUserError(error, about).data
}

interface Row {
  readonly says: string
  readonly answer: AwsAnswer
  readonly about?: Partial<Attempt>
  readonly expected: UserErrorData
}
const denied =
  'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/ana is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: AAAA'

const ec2Rows: readonly Row[] = [
  {
    says: 'AuthFailure',
    answer: ec2Error('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
    expected: { code: 'AWS_CREDENTIALS_INVALID', details: { profile: 'prod' } },
  },
  {
    says: 'AuthFailure in one region while the credentials work elsewhere',
    answer: ec2Error('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
    about: { credentialsWork: true },
    expected: { code: 'AWS_REGION_DISABLED', details: { profile: 'prod', region: 'eu-west-1' } },
  },
  {
    says: 'OptInRequired',
    answer: ec2Error('OptInRequired', 'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.', 401),
    expected: { code: 'AWS_REGION_DISABLED', details: { profile: 'prod', region: 'eu-west-1' } },
  },
  {
    says: 'UnauthorizedOperation, with the action that is missing',
    answer: ec2Error('UnauthorizedOperation', denied, 403),
    expected: { code: 'AWS_NOT_ALLOWED', details: { profile: 'prod', action: 'ec2:StopInstances' } },
  },
  {
    says: 'UnauthorizedOperation without saying what is missing',
    answer: ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403),
    expected: { code: 'AWS_NOT_ALLOWED', details: { profile: 'prod', action: 'ec2:DescribeInstances' } },
  },
  {
    says: 'RequestExpired',
    answer: ec2Error('RequestExpired', 'Request has expired.', 400),
    expected: { code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'session' } },
  },
  {
    says: 'RequestLimitExceeded',
    answer: ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503),
    expected: { code: 'AWS_THROTTLED', details: { profile: 'prod', action: 'ec2:DescribeInstances' } },
  },
  {
    says: 'InvalidInstanceID.NotFound',
    answer: ec2Error('InvalidInstanceID.NotFound', "The instance ID 'i-0abc' does not exist"),
    about: { instanceId: 'i-0abc' },
    expected: { code: 'INSTANCE_NOT_FOUND', details: { instanceId: 'i-0abc' } },
  },
  {
    says: 'InvalidInstanceID.Malformed',
    answer: ec2Error('InvalidInstanceID.Malformed', 'Invalid id: "i-x"'),
    about: { instanceId: 'i-x' },
    expected: { code: 'INSTANCE_NOT_FOUND', details: { instanceId: 'i-x' } },
  },
  {
    says: 'what nobody here has heard of',
    answer: ec2Error('UnsupportedOperation', 'The instance cannot be\n stopped\u0007 now.'),
    expected: {
      code: 'AWS_REFUSED',
      details: { action: 'ec2:DescribeInstances', awsCode: 'UnsupportedOperation', message: 'The instance cannot be stopped now.' },
    },
  },
  {
    says: 'a page of some proxy’s instead of an answer',
    answer: { status: 502, body: '<html><title>Bad gateway</html>', headers: { 'content-type': 'text/html' } },
    expected: { code: 'AWS_REFUSED', details: { action: 'ec2:DescribeInstances', awsCode: 'HTTP 502', message: expect.any(String) } },
  },
]

const stsRows: readonly Row[] = [
  {
    says: 'InvalidClientTokenId',
    answer: stsError('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    expected: { code: 'AWS_CREDENTIALS_INVALID', details: { profile: 'prod' } },
  },
  {
    says: 'SignatureDoesNotMatch',
    answer: stsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    ),
    expected: { code: 'AWS_CREDENTIALS_INVALID', details: { profile: 'prod' } },
  },
  {
    says: 'SignatureDoesNotMatch because of the clock',
    answer: {
      ...stsError(
        'SignatureDoesNotMatch',
        'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z (20260101T011500Z - 15 min.)',
      ),
      headers: { date: new Date(Date.now() + 3600_000).toUTCString() },
    },
    expected: { code: 'AWS_CLOCK_WRONG', details: { skewSeconds: expect.closeTo(3600, -1.5) } },
  },
  {
    says: 'RequestTimeTooSkewed',
    answer: stsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
    expected: { code: 'AWS_CLOCK_WRONG', details: {} },
  },
  {
    says: 'ExpiredToken',
    answer: stsError('ExpiredToken', 'The security token included in the request is expired'),
    about: { login: 'role' },
    expected: { code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'role' } },
  },
  {
    says: 'ExpiredTokenException',
    answer: stsError('ExpiredTokenException', 'The security token included in the request is expired', 400),
    expected: { code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'session' } },
  },
  {
    says: 'AccessDenied of a role',
    answer: stsError(
      'AccessDenied',
      'User: arn:aws:iam::123456789012:user/ana is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/admin',
    ),
    expected: { code: 'AWS_NOT_ALLOWED', details: { profile: 'prod', action: 'sts:AssumeRole' } },
  },
  {
    says: 'AccessDenied of a wrong MFA code',
    answer: stsError('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. '),
    expected: { code: 'AWS_MFA_REFUSED', details: { profile: 'prod' } },
  },
  {
    says: 'Throttling',
    answer: stsError('Throttling', 'Rate exceeded', 400),
    expected: { code: 'AWS_THROTTLED', details: { profile: 'prod', action: 'ec2:DescribeInstances' } },
  },
]

describe('what AWS answers becomes what a person can act on', () => {
  test.each(ec2Rows)('EC2: $says', async ({ answer: document, about, expected }) => {
    answer = document
    expect(await thrownBy(new EC2(client(endpoint.url)).describeInstances({}), { ...attempt, ...about })).toEqual(expected)
  })
  test.each(stsRows)('STS: $says', async ({ answer: document, about, expected }) => {
    answer = document
    expect(await thrownBy(new STS(client(endpoint.url)).getCallerIdentity({}), { ...attempt, ...about })).toEqual(expected)
  })
})

describe('what the network does becomes the endpoint and the reason', () => {
  test('nobody listens', async () => {
    const closed = await openEndpoint(() => ({ body: '' }))
    await closed.close()
    expect(await thrownBy(new EC2(client(closed.url)).describeInstances({}), { ...attempt, endpoint: closed.url })).toEqual({
      code: 'AWS_UNREACHABLE',
      details: { endpoint: closed.url, reason: 'refused' },
    })
  })
  test('the name is unknown', async () => {
    expect(await thrownBy(new EC2(client('http://no-such-host.invalid')).describeInstances({}), attempt)).toEqual({
      code: 'AWS_UNREACHABLE',
      details: { endpoint: 'ec2.eu-west-1.amazonaws.com', reason: 'unknown-name' },
    })
  })
  test.each([
    ['ECONNRESET', 'reset'],
    ['ETIMEDOUT', 'timeout'],
    ['EHOSTUNREACH', 'no-route'],
    ['ENETUNREACH', 'no-route'],
  ])('%s', (code, reason) => {
    const error = Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code, $metadata: { attempts: 1 } })
    expect(toUserError(error, attempt).data).toEqual({
      code: 'AWS_UNREACHABLE',
      details: { endpoint: 'ec2.eu-west-1.amazonaws.com', reason },
    })
  })
})

describe('what is ours stays as it is', () => {
  test('a cancel is no failure', async () => {
    const stopped = AbortSignal.abort()
    expect(await thrownBy(new EC2(client(endpoint.url)).describeInstances({}, { abortSignal: stopped }), attempt)).toEqual({
      code: 'CANCELLED',
      details: {},
    })
  })
  test('an error that we threw comes out again, also from inside of the SDK’s', () => {
    const ours = new UserError('AWS_LOGIN_EXPIRED', { profile: 'prod', kind: 'sso' })
    expect(toUserError(ours, attempt)).toBe(ours)
    expect(toUserError(new Error('wrapped', { cause: ours }), attempt)).toBe(ours)
  })
  test('no secret is in it', async () => {
    answer = stsError('SignatureDoesNotMatch', 'nothing of the kind')
    const error = await new STS(client(endpoint.url)).getCallerIdentity({}).catch((error: unknown) => toUserError(error, attempt))
    expect(JSON.stringify((error as UserError).data)).not.toContain('very-secret')
  })
})
