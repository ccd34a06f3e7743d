import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AwsFixture, openAws, waitFor } from '../../../support/aws.ts'
import { type AwsAnswer, type AwsEndpoint, type AwsRequest, openEndpoint, stsAnswer } from '../../../support/aws-endpoint.ts'

const START = 'https://example.awsapps.com/start'
const config = `[profile prod]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
region = eu-west-1
[profile stage]
sso_session = corp
sso_account_id = 210987654321
sso_role_name = Admin
region = eu-west-1
[sso-session corp]
sso_start_url = ${START}
sso_region = eu-west-1
`
const legacy = `[profile prod]
sso_start_url = ${START}
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Admin
region = eu-west-1
`
const cacheFile = (id: string) => `sso/cache/${createHash('sha1').update(id).digest('hex')}.json`
const inAnHour = () => new Date(Date.now() + 3600_000).toISOString()
const anHourAgo = () => new Date(Date.now() - 3600_000).toISOString()

/** IAM Identity Center as far as a login needs it: its token is good for the portal until it is revoked. */
interface IdentityCenter {
  confirmed: boolean
  denied: boolean
  unknownStart?: boolean
  goodToken: string
  verificationUri: string
}
let center: IdentityCenter
let endpoint: AwsEndpoint
let fixture: AwsFixture | undefined
beforeEach(async () => {
  center = { confirmed: false, denied: false, goodToken: 'token-1', verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/' }
  endpoint = await openEndpoint(answer)
})
afterEach(async () => {
  await fixture?.close()
  await endpoint.close()
})

function answer({ action, parameters, headers }: AwsRequest): AwsAnswer {
  const refuse = (type: string, sentence = ''): AwsAnswer => ({
    status: 400,
    body: { error: type, error_description: sentence },
    headers: { 'x-amzn-errortype': type },
  })
  switch (action) {
    case '/client/register':
      return { body: { clientId: 'client', clientSecret: 'client-secret', clientSecretExpiresAt: Math.floor(Date.now() / 1000) + 86_400 } }
    case '/device_authorization':
      if (center.unknownStart) return refuse('InvalidRequestException', 'Unknown start address')
      return {
        body: {
          deviceCode: 'device',
          userCode: 'ABCD-EFGH',
          verificationUri: center.verificationUri,
          verificationUriComplete: `${center.verificationUri}?user_code=ABCD-EFGH`,
          expiresIn: 600,
          interval: 0,
        },
      }
    case '/token':
      if (center.denied) return refuse('AccessDeniedException')
      if (parameters.grantType === 'refresh_token') {
        return parameters.refreshToken === 'refresh-1'
          ? { body: { accessToken: center.goodToken, expiresIn: 3600, refreshToken: 'refresh-2' } }
          : refuse('InvalidGrantException')
      }
      return center.confirmed
        ? { body: { accessToken: center.goodToken, expiresIn: 28_800, refreshToken: 'refresh-1' } }
        : refuse('AuthorizationPendingException')
    case '/federation/credentials':
      return headers['x-amz-sso_bearer_token'] === center.goodToken
        ? {
            body: {
              roleCredentials: {
                accessKeyId: `ASIA${parameters.account_id}`,
                secretAccessKey: 's',
                sessionToken: 't',
                expiration: Date.now() + 3600_000,
              },
            },
          }
        : { status: 401, body: { message: 'Session token not found or invalid' }, headers: { 'x-amzn-errortype': 'UnauthorizedException' } }
    case 'GetCallerIdentity': {
      const account = /Credential=ASIA(\d+)/.exec(headers.authorization ?? '')?.[1]
      return stsAnswer(action, `<Arn>arn:aws:sts::${account}:assumed-role/Admin/ana</Arn><UserId>A</UserId><Account>${account}</Account>`)
    }
    case 'DescribeRegions':
      return {
        body: '<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>',
      }
    default:
      return { body: `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"/>` }
  }
}

async function open(files: Record<string, string>, profiles = ['prod']) {
  fixture = await openAws({ files, environment: { AWS_ENDPOINT_URL: endpoint.url }, settings: { profiles } })
  return fixture
}
const login = ({ aws }: AwsFixture, name = 'prod') => aws.profiles.state.value.profiles.find((profile) => profile.name === name)?.login
const question = ({ prompts }: AwsFixture) => waitFor(prompts.state, (asked) => asked.length === 1).then(([prompt]) => prompt)
const listed = ({ aws }: AwsFixture, count = 1) =>
  waitFor(aws.inventory.state, ({ regions }) => regions.filter(({ phase }) => phase === 'ready').length === count)
const failedProfile = ({ aws }: AwsFixture) =>
  waitFor(aws.inventory.state, ({ profiles }) => profiles[0]?.phase === 'failed').then(({ profiles }) => profiles[0]?.error)
const expired = { code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'sso' } }

describe('single sign-on', () => {
  test('without a login says whose is needed, and asks nothing by itself', async () => {
    const opened = await open({ config })
    expect(await failedProfile(opened)).toEqual(expired)
    expect(login(opened)).toEqual({ kind: 'needed' })
    expect(opened.prompts.state.value).toEqual([])
  })

  test('shows the code to confirm in a browser, goes on when it is confirmed, and serves every profile of the session', async () => {
    const opened = await open({ config }, ['prod', 'stage'])
    await failedProfile(opened)
    const done = opened.aws.profiles.login('prod')
    expect(await question(opened)).toMatchObject({
      question: {
        kind: 'sso',
        profile: 'prod',
        verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
        userCode: 'ABCD-EFGH',
        expiresAt: expect.stringMatching(/Z$/),
      },
    })
    center.confirmed = true
    await done
    expect(opened.prompts.state.value).toEqual([])
    const state = await listed(opened, 2)
    expect(state.profiles.map(({ profile, phase }) => ({ profile, phase }))).toEqual([
      { profile: 'prod', phase: 'ready' },
      { profile: 'stage', phase: 'ready' },
    ])
    const valid = { kind: 'valid', expiresAt: expect.any(String) }
    expect([login(opened), login(opened, 'stage')]).toEqual([valid, valid])
    expect(JSON.stringify([opened.aws.profiles.state.value, state])).not.toMatch(/token-1|refresh-1|client-secret/)
  })

  test('writes the token where the AWS CLI looks for it, for its owner alone', async () => {
    const opened = await open({ config })
    const done = opened.aws.profiles.login('prod')
    center.confirmed = true
    await done
    const file = join(opened.homeFolder, '.aws', cacheFile('corp'))
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      startUrl: START,
      region: 'eu-west-1',
      accessToken: 'token-1',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      clientId: 'client',
      clientSecret: 'client-secret',
      registrationExpiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      refreshToken: 'refresh-1',
    })
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('takes over a login made with the AWS CLI', async () => {
    const opened = await open({
      config,
      [cacheFile('corp')]: JSON.stringify({ accessToken: 'token-1', expiresAt: inAnHour(), startUrl: START }),
    })
    expect((await listed(opened)).profiles[0]).toMatchObject({ profile: 'prod', phase: 'ready' })
    expect(login(opened)).toEqual({ kind: 'valid', expiresAt: expect.any(String) })
  })

  test('as it was before sessions shows when it ends', async () => {
    const expiresAt = inAnHour()
    const opened = await open({ config: legacy, [cacheFile(START)]: JSON.stringify({ accessToken: 'token-1', expiresAt }) })
    await listed(opened)
    expect(login(opened)).toEqual({ kind: 'valid', expiresAt })
  })

  test('renews a token that is about to end, without asking, once for all profiles of the session', async () => {
    center.goodToken = 'token-2'
    const old = {
      accessToken: 'token-1',
      expiresAt: anHourAgo(),
      refreshToken: 'refresh-1',
      clientId: 'client',
      clientSecret: 'client-secret',
    }
    const token = JSON.stringify({ ...old, registrationExpiresAt: inAnHour() })
    const opened = await open({ config, [cacheFile('corp')]: token }, ['prod', 'stage'])
    await listed(opened, 2)
    expect(endpoint.requests.filter(({ action }) => action === '/token')).toHaveLength(1)
    const written = JSON.parse(await readFile(join(opened.homeFolder, '.aws', cacheFile('corp')), 'utf8'))
    expect(written).toMatchObject({ accessToken: 'token-2', refreshToken: 'refresh-2', clientId: 'client' })
  })

  test.each([
    ['has ended', { accessToken: 'token-1', expiresAt: anHourAgo() }, { kind: 'expired' }],
    [
      'cannot be renewed any more',
      { accessToken: 'token-1', expiresAt: anHourAgo(), refreshToken: 'old', clientId: 'client', clientSecret: 'client-secret' },
      { kind: 'valid' },
    ],
    ['was revoked', { accessToken: 'revoked', expiresAt: inAnHour() }, { kind: 'valid', expiresAt: expect.any(String) }],
    ['makes no sense', { accessToken: 5 }, { kind: 'needed' }],
  ])('says that it expired when the token %s', async (_, token, state) => {
    const opened = await open({ config, [cacheFile('corp')]: JSON.stringify(token) })
    expect(await failedProfile(opened)).toEqual(expired)
    expect(login(opened)).toEqual(state)
  })

  test('asks anew for a token that was revoked although its date is good', async () => {
    center.confirmed = true
    const opened = await open({ config, [cacheFile('corp')]: JSON.stringify({ accessToken: 'revoked', expiresAt: inAnHour() }) })
    await failedProfile(opened)
    await opened.aws.profiles.login('prod')
    await listed(opened)
  })

  test('ends when the person cancels, here or in the browser', async () => {
    const opened = await open({ config })
    const done = opened.aws.profiles.login('prod')
    const prompt = await question(opened)
    opened.prompts.answer(prompt?.id ?? '', { kind: 'cancel' })
    await expect(done).rejects.toMatchObject({ code: 'CANCELLED' })

    center.denied = true
    await expect(opened.aws.profiles.login('prod')).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(opened.prompts.state.value).toEqual([])
  })

  test('says what the service does not like about the session', async () => {
    center.unknownStart = true
    const opened = await open({ config })
    await expect(opened.aws.profiles.login('prod')).rejects.toMatchObject({
      code: 'AWS_REFUSED',
      details: { awsCode: 'InvalidRequestException', message: 'Unknown start address' },
    })
  })

  test('never offers an address that is not a secure web page', async () => {
    center.verificationUri = 'javascript:alert(1)//'
    const opened = await open({ config })
    await expect(opened.aws.profiles.login('prod')).rejects.toMatchObject({ code: 'AWS_REFUSED', details: { awsCode: 'InsecureAddress' } })
    expect(opened.prompts.state.value).toEqual([])
  })
})
