import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AwsFixture, openAws, waitFor } from '../../../support/aws.ts'
import {
  type AwsAnswer,
  type AwsEndpoint,
  type AwsRequest,
  ec2Error,
  openEndpoint,
  stsAnswer,
  stsCredentials,
  stsError,
} from '../../../support/aws-endpoint.ts'

const ROLE = 'arn:aws:iam::123456789012:role/admin'
const keys = 'aws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n'

let endpoint: AwsEndpoint
let fixture: AwsFixture | undefined
beforeEach(async () => {
  endpoint = await openEndpoint(answer)
})
afterEach(async () => {
  await fixture?.close()
  await endpoint.close()
})

/** STS hands out a role, with the code 123456 where MFA is wanted; EC2 lets in whoever has the role. */
function answer({ action, parameters, headers }: AwsRequest): AwsAnswer {
  const signedBy = /Credential=(\w+)\//.exec(headers.authorization ?? '')?.[1]
  switch (action) {
    case 'AssumeRole':
      if (parameters.SerialNumber && !/^\d{6}$/.test(parameters.TokenCode ?? '')) {
        return stsError('ValidationError', "1 validation error detected: Value at 'tokenCode' failed to satisfy constraint", 400)
      }
      if (parameters.SerialNumber && parameters.TokenCode !== '123456') {
        return stsError('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ')
      }
      return stsAnswer(action, stsCredentials(parameters.RoleArn === `${ROLE}-2` ? 'ASIASECOND' : 'ASIAROLE'))
    case 'AssumeRoleWithWebIdentity':
      return parameters.WebIdentityToken === 'good-token'
        ? stsAnswer(action, stsCredentials('ASIAROLE'))
        : stsError('ExpiredTokenException', 'Token expired: current date/time must be before the expiration date/time', 400)
    case 'DescribeRegions':
      if (signedBy === 'ASIAOLD') return ec2Error('RequestExpired', 'Request has expired.')
      return {
        body: `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo><item><regionName>${signedBy?.toLowerCase()}</regionName></item></regionInfo></DescribeRegionsResponse>`,
      }
    default:
      return { status: 403, body: '' }
  }
}
async function open(config: string, credentials = `[base]\n${keys}`) {
  fixture = await openAws({ files: { config, credentials }, environment: { AWS_ENDPOINT_URL: endpoint.url }, settings: { profiles: [] } })
  return fixture
}
/** The region's name is the key that signed: who EC2 took us for. */
const signer = ({ aws }: AwsFixture, profile = 'prod') => aws.inventory.regions(profile)
const calls = (action: string) => endpoint.requests.filter((request) => request.action === action)

describe('a role', () => {
  test('is assumed with its source’s keys, once for all who need it', async () => {
    const opened = await open(
      `[profile prod]\nrole_arn = ${ROLE}\nsource_profile = base\nexternal_id = x\nduration_seconds = 900\nrole_session_name = ana\n`,
    )
    expect(await Promise.all([signer(opened), signer(opened), signer(opened)])).toEqual([['asiarole'], ['asiarole'], ['asiarole']])
    expect(calls('AssumeRole').map(({ parameters }) => parameters)).toEqual([
      expect.objectContaining({ RoleArn: ROLE, ExternalId: 'x', DurationSeconds: '900', RoleSessionName: 'ana' }),
    ])
    expect(calls('AssumeRole')[0]?.headers.authorization).toContain('AKIABASE')
  })

  test('of a role is assumed with that one’s credentials', async () => {
    const opened = await open(
      `[profile prod]\nrole_arn = ${ROLE}-2\nsource_profile = first\n[profile first]\nrole_arn = ${ROLE}\nsource_profile = base\n`,
    )
    expect(await signer(opened)).toEqual(['asiasecond'])
    expect(calls('AssumeRole').map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1])).toEqual([
      'AKIABASE',
      'ASIAROLE',
    ])
  })

  test('is taken from a web identity’s token', async () => {
    const opened = await open(`[profile prod]\nrole_arn = ${ROLE}\nweb_identity_token_file = TOKEN\n`)
    const token = join(opened.homeFolder, 'token')
    await writeFile(join(opened.homeFolder, '.aws', 'config'), `[profile prod]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${token}\n`)
    await opened.aws.profiles.reload()
    await expect(signer(opened)).rejects.toMatchObject({ code: 'AWS_NO_CREDENTIALS', details: { problem: 'token-file-unreadable' } })
    await writeFile(token, 'old-token')
    await expect(signer(opened)).rejects.toMatchObject({ code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'role' } })
    await writeFile(token, 'good-token')
    expect(await signer(opened)).toEqual(['asiarole'])
  })
})

describe('a role with MFA', () => {
  const config = `[profile prod]\nrole_arn = ${ROLE}\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/ana\n`
  const login = ({ aws }: AwsFixture) => aws.profiles.state.value.profiles.find(({ name }) => name === 'prod')?.login
  const asked = ({ prompts }: AwsFixture, again: boolean) =>
    waitFor(prompts.state, ([prompt]) => prompt?.question.kind === 'mfa-code' && prompt.question.again === again).then(([prompt]) => prompt)
  async function type(opened: AwsFixture, code: string, again: boolean) {
    const prompt = await asked(opened, again)
    opened.prompts.answer(prompt?.id ?? '', { kind: 'values', values: [code], remember: false })
    return prompt
  }

  test('is not used, and nothing is asked, before the person logs in', async () => {
    const opened = await open(config)
    await expect(signer(opened)).rejects.toMatchObject({ code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'role' } })
    expect([opened.prompts.state.value, login(opened)]).toEqual([[], { kind: 'needed' }])
  })

  test('asks for the code, again after a wrong one, and then shows how long it is good for', async () => {
    const opened = await open(config)
    const done = opened.aws.profiles.login('prod')
    expect(await type(opened, '000000', false)).toMatchObject({
      question: { kind: 'mfa-code', profile: 'prod', serial: 'arn:aws:iam::123456789012:mfa/ana', again: false },
    })
    await type(opened, '123 456', true)
    await done
    expect(login(opened)).toEqual({ kind: 'valid', expiresAt: expect.any(String) })
    expect(await signer(opened)).toEqual(['asiarole'])
    await opened.aws.profiles.reload()
    expect(await signer(opened)).toEqual(['asiarole'])
    expect(calls('AssumeRole')).toHaveLength(2)
  })

  test('gives up after three wrong codes', async () => {
    const opened = await open(config)
    const done = opened.aws.profiles.login('prod')
    const refused = expect(done).rejects.toMatchObject({ code: 'AWS_MFA_REFUSED', details: { profile: 'prod' } })
    await type(opened, '000000', false)
    const second = await type(opened, 'no', true)
    await waitFor(opened.prompts.state, ([prompt]) => prompt !== undefined && prompt.id !== second?.id)
    await type(opened, '000000', true)
    await refused
  })

  test('ends when the person cancels, or whoever asked goes away', async () => {
    const opened = await open(config)
    const done = opened.aws.profiles.login('prod')
    const prompt = await asked(opened, false)
    opened.prompts.answer(prompt?.id ?? '', { kind: 'cancel' })
    await expect(done).rejects.toMatchObject({ code: 'CANCELLED' })

    const gone = new AbortController()
    const second = opened.aws.profiles.login('prod', gone.signal)
    await asked(opened, false)
    gone.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(opened.prompts.state.value).toEqual([])
  })
})

describe('a program', () => {
  test('gives the credentials', async () => {
    const output = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAPROGRAM', SecretAccessKey: 's', SessionToken: 't' })
    const opened = await open(`[profile prod]\ncredential_process = echo '${output}'\n`)
    expect(await signer(opened)).toEqual(['asiaprogram'])
  })
  test('is asked again once AWS does not take what it gave', async () => {
    const opened = await open('')
    const output = join(opened.homeFolder, 'output')
    const write = (AccessKeyId: string) =>
      writeFile(output, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 's', SessionToken: 't' }))
    await writeFile(join(opened.homeFolder, '.aws', 'config'), `[profile prod]\ncredential_process = cat ${output}\n`)
    await opened.aws.profiles.reload()
    await write('ASIAOLD')
    await expect(signer(opened)).rejects.toMatchObject({ code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'session' } })
    await write('ASIANEW')
    expect(await signer(opened)).toEqual(['asianew'])
  })
  test('that fails is quoted, but not its command line', async () => {
    const opened = await open(`[profile prod]\ncredential_process = sh -c 'echo session is over >&2; exit 1' --secret hunter2\n`)
    await expect(signer(opened)).rejects.toMatchObject({
      code: 'AWS_NO_CREDENTIALS',
      details: { profile: 'prod', problem: 'session is over' },
    })
  })
  test('that talks nonsense is not believed', async () => {
    const opened = await open(`[profile prod]\ncredential_process = echo hello\n`)
    await expect(signer(opened)).rejects.toMatchObject({
      code: 'AWS_NO_CREDENTIALS',
      details: { profile: 'prod', problem: expect.stringContaining('JSON') },
    })
  })
})
