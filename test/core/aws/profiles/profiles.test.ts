import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type AwsFixture, type AwsFixtureOptions, openAws, waitFor } from '../../../support/aws.ts'
import { type AwsEndpoint, openEndpoint, stsAnswer, stsError } from '../../../support/aws-endpoint.ts'

let fixture: AwsFixture | undefined
let endpoint: AwsEndpoint | undefined
afterEach(async () => {
  await fixture?.close()
  await endpoint?.close()
  fixture = endpoint = undefined
})

/** Every service at an address where nobody listens, so that no test leaves this computer. */
const NOWHERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
async function open({ environment, ...options }: AwsFixtureOptions = {}) {
  fixture = await openAws({ ...options, environment: { ...NOWHERE, ...environment } })
  return fixture
}
const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = very-secret\n'
const names = ({ aws }: AwsFixture) => aws.profiles.state.value.profiles.map(({ name }) => name)
const selected = ({ aws }: AwsFixture) => aws.profiles.state.value.profiles.filter((profile) => profile.selected).map(({ name }) => name)

describe('profiles', () => {
  test('there are none on a new computer', async () => {
    const { aws } = await open()
    expect(aws.profiles.state.value).toEqual({ profiles: [], problems: [], loaded: true })
  })

  test('come from both files, of every kind, with what is missing named', async () => {
    const config = `
[default]
region = eu-west-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = default
mfa_serial = arn:aws:iam::123456789012:mfa/ana
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
[profile program]
credential_process = /bin/true
[profile web]
role_arn = arn:aws:iam::123456789012:role/ci
web_identity_token_file = /run/token
[profile empty]
region = us-east-1
[profile orphan]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = gone
`
    const { aws } = await open({ files: { config, credentials: `[default]\n${keys}` }, settings: { profiles: [] } })
    const endpointUrl = NOWHERE.AWS_ENDPOINT_URL
    const plain = { endpointUrl, selected: false, login: { kind: 'not-needed' } }
    expect(aws.profiles.state.value.profiles).toEqual([
      { ...plain, name: 'default', kind: 'keys', region: 'eu-west-1' },
      { ...plain, name: 'role', kind: 'assume-role', roleArn: 'arn:aws:iam::123456789012:role/admin', login: { kind: 'needed' } },
      { ...plain, name: 'sso', kind: 'sso', login: { kind: 'needed' } },
      { ...plain, name: 'program', kind: 'process' },
      { ...plain, name: 'web', kind: 'web-identity', roleArn: 'arn:aws:iam::123456789012:role/ci' },
      {
        ...plain,
        name: 'empty',
        kind: 'incomplete',
        region: 'us-east-1',
        problem: { code: 'AWS_NO_CREDENTIALS', details: { profile: 'empty', problem: 'no-credentials' } },
      },
      {
        ...plain,
        name: 'orphan',
        kind: 'assume-role',
        roleArn: 'arn:aws:iam::123456789012:role/admin',
        problem: { code: 'AWS_PROFILE_UNKNOWN', details: { profile: 'gone' } },
      },
    ])
    expect(JSON.stringify(aws.profiles.state.value)).not.toContain('very-secret')
  })

  test('are read from where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say', async () => {
    const files = {
      'elsewhere/c': '[profile one]\nregion = eu-west-1\n',
      'elsewhere/k': `[one]\n${keys}`,
      config: '[profile other]\nregion = x\n',
    }
    const environment = { AWS_CONFIG_FILE: '~/.aws/elsewhere/c', AWS_SHARED_CREDENTIALS_FILE: '~/.aws/elsewhere/k' }
    expect(names(await open({ files, environment }))).toEqual(['one'])
  })

  test('of a broken file are named with its line, and those of the other are there all the same', async () => {
    const opened = await open({ files: { config: '[profile a]\nregion = x\n[profile b\n', credentials: `[prod]\n${keys}` } })
    expect(names(opened)).toEqual(['a', 'prod'])
    expect(opened.aws.profiles.state.value.problems).toEqual([
      { code: 'AWS_CONFIG_BROKEN', details: { file: '~/.aws/config', line: 3, problem: 'section-not-closed' } },
    ])
  })

  test('of a file that cannot be read are a problem, not an end', async () => {
    const opened = await open({ files: { credentials: `[prod]\n${keys}` } })
    await mkdir(join(opened.homeFolder, '.aws', 'config'))
    await opened.aws.profiles.reload()
    expect(names(opened)).toEqual(['prod'])
    expect(opened.aws.profiles.state.value.problems).toEqual([
      { code: 'AWS_CONFIG_BROKEN', details: { file: '~/.aws/config', problem: 'EISDIR' } },
    ])
  })

  test('appear when the files are read again', async () => {
    const opened = await open({ files: { credentials: `[prod]\n${keys}` } })
    await writeFile(join(opened.homeFolder, '.aws', 'credentials'), `[prod]\n${keys}[test]\n${keys}`)
    await opened.aws.profiles.reload()
    expect(names(opened)).toEqual(['prod', 'test'])
  })
})

describe('what is listed before anybody chose', () => {
  const credentials = `[default]\n${keys}[prod]\n${keys}`
  test('the default profile', async () => {
    expect(selected(await open({ files: { credentials } }))).toEqual(['default'])
  })
  test('the only one', async () => {
    expect(selected(await open({ files: { credentials: `[prod]\n${keys}` } }))).toEqual(['prod'])
  })
  test('none of several', async () => {
    expect(selected(await open({ files: { credentials: `[prod]\n${keys}[test]\n${keys}` } }))).toEqual([])
  })
  test('what AWS_PROFILE names', async () => {
    expect(selected(await open({ files: { credentials }, environment: { AWS_PROFILE: 'prod' } }))).toEqual(['prod'])
  })
  test('the variables’ keys, if there are any', async () => {
    const environment = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'very-secret' }
    const opened = await open({ files: { credentials }, environment })
    expect(selected(opened)).toEqual(['environment'])
    expect(opened.aws.profiles.state.value.profiles[0]).toMatchObject({ name: 'environment', kind: 'environment' })
  })
  test('what was chosen is what counts, and several may be', async () => {
    const opened = await open({ files: { credentials } })
    opened.aws.profiles.select(['prod', 'default'])
    await waitFor(opened.aws.profiles.state, () => selected(opened).length === 2)
    expect(opened.settings.value.profiles).toEqual(['prod', 'default'])
    const { profiles } = await waitFor(opened.aws.inventory.state, (state) => state.profiles.length === 2)
    expect(profiles.map(({ profile }) => profile).sort()).toEqual(['default', 'prod'])
  })
})

describe('keys that are typed in', () => {
  const typed = { name: 'mine', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'very-secret', region: 'eu-west-1' }
  const who = stsAnswer(
    'GetCallerIdentity',
    '<Arn>arn:aws:iam::123456789012:user/ana</Arn><UserId>AIDA</UserId><Account>123456789012</Account>',
  )

  test('are checked with STS, kept in the vault, selected, and there after a restart', async () => {
    endpoint = await openEndpoint(({ action }) => (action === 'GetCallerIdentity' ? who : { status: 500, body: '' }))
    const opened = await open({ environment: { AWS_ENDPOINT_URL: endpoint.url } })
    await opened.aws.profiles.addKeys(typed)
    expect(opened.aws.profiles.state.value.profiles).toMatchObject([
      {
        name: 'mine',
        kind: 'vault',
        accountId: '123456789012',
        arn: 'arn:aws:iam::123456789012:user/ana',
        region: 'eu-west-1',
        selected: true,
      },
    ])
    fixture = await opened.restart()
    expect(selected(fixture)).toEqual(['mine'])
    await fixture.aws.profiles.remove('mine')
    expect(names(fixture)).toEqual([])
    expect(await fixture.vault.names('aws/')).toEqual([])
  })

  test('come back when the vault is unlocked, and cannot be added before', async () => {
    endpoint = await openEndpoint(({ action }) => (action === 'GetCallerIdentity' ? who : { status: 500, body: '' }))
    const opened = await open({ environment: { AWS_ENDPOINT_URL: endpoint.url }, keychain: false })
    await opened.vault.create('a master password')
    await opened.aws.profiles.addKeys(typed)
    fixture = await opened.restart()
    expect(names(fixture)).toEqual([])
    await expect(fixture.aws.profiles.addKeys({ ...typed, name: 'more' })).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await fixture.vault.unlock('a master password')
    await waitFor(fixture.aws.profiles.state, ({ profiles }) => profiles.length === 1)
    expect(selected(fixture)).toEqual(['mine'])
  })

  test('are not kept when AWS does not know them', async () => {
    endpoint = await openEndpoint(() => stsError('InvalidClientTokenId', 'The security token included in the request is invalid.'))
    const opened = await open({ environment: { AWS_ENDPOINT_URL: endpoint.url } })
    await expect(opened.aws.profiles.addKeys(typed)).rejects.toMatchObject({
      code: 'AWS_CREDENTIALS_INVALID',
      details: { profile: 'mine' },
    })
    expect({ names: names(opened), kept: await opened.vault.names('aws/') }).toEqual({ names: [], kept: [] })
  })

  test('may not take another profile’s name, and a file’s profile is not ours to remove', async () => {
    const { aws } = await open({ files: { credentials: `[mine]\n${keys}` } })
    await expect(aws.profiles.addKeys(typed)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'name', problem: 'taken' } })
    await expect(aws.profiles.remove('mine')).rejects.toMatchObject({ code: 'AWS_PROFILE_UNKNOWN' })
  })
})

test('a web identity that only the variables name is one more', async () => {
  const environment = { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci', AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' }
  const opened = await open({ environment, settings: { profiles: [] } })
  expect(opened.aws.profiles.state.value.profiles).toMatchObject([
    { name: 'environment', kind: 'environment', roleArn: 'arn:aws:iam::123456789012:role/ci' },
  ])
})
