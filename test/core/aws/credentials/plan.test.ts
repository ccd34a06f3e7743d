import { describe, expect, test } from 'vitest'
import type { AwsConfig, Section } from '../../../../core/aws/config/config-files.ts'
import { findIncomplete, findSso, needsMfa, planCredentials } from '../../../../core/aws/credentials/plan.ts'

const keys = { aws_access_key_id: 'AKIA1', aws_secret_access_key: 's1' }
const keysPlan = { kind: 'keys', accessKeyId: 'AKIA1', secretAccessKey: 's1', sessionToken: undefined }
const role = 'arn:aws:iam::123456789012:role/admin'

function plan(
  name: string,
  profiles: Record<string, Section>,
  more: { sessions?: Record<string, Section>; environment?: Record<string, string> } = {},
) {
  const config: AwsConfig = {
    paths: { config: '', credentials: '' },
    profiles: new Map(Object.entries(profiles)),
    ssoSessions: new Map(Object.entries(more.sessions ?? {})),
    services: new Map(),
  }
  return planCredentials(name, config, more.environment ?? {})
}

describe('how a profile comes to its credentials', () => {
  test.each<[string, Record<string, Section>, unknown]>([
    ['keys', { a: keys }, keysPlan],
    ['keys with a session token', { a: { ...keys, aws_session_token: 't' } }, { ...keysPlan, sessionToken: 't' }],
    ['a program', { a: { credential_process: 'op read' } }, { kind: 'process', profile: 'a' }],
    [
      'a web identity',
      { a: { role_arn: role, web_identity_token_file: '/t', role_session_name: 'n' } },
      { kind: 'web-identity', roleArn: role, tokenFile: '/t', sessionName: 'n' },
    ],
    [
      'a role from another profile',
      { a: { role_arn: role, source_profile: 'b' }, b: keys },
      { kind: 'assume-role', roleArn: role, source: keysPlan },
    ],
    [
      'a role from its own keys',
      { a: { ...keys, role_arn: role, source_profile: 'a' } },
      { kind: 'assume-role', roleArn: role, source: keysPlan },
    ],
    [
      'a role of a role, with MFA and all the rest',
      {
        a: {
          role_arn: `${role}-2`,
          source_profile: 'b',
          mfa_serial: 'arn:mfa',
          external_id: 'x',
          duration_seconds: '900',
          role_session_name: 'n',
        },
        b: { role_arn: role, source_profile: 'c' },
        c: keys,
      },
      {
        kind: 'assume-role',
        roleArn: `${role}-2`,
        mfaSerial: 'arn:mfa',
        externalId: 'x',
        durationSeconds: 900,
        sessionName: 'n',
        source: { kind: 'assume-role', roleArn: role, source: keysPlan },
      },
    ],
    [
      'a role from the machine it runs on',
      { a: { role_arn: role, credential_source: 'Ec2InstanceMetadata' } },
      { kind: 'assume-role', roleArn: role, source: { kind: 'metadata', from: 'Ec2InstanceMetadata' } },
    ],
    [
      'a role wins over keys of the same profile',
      { a: { ...keys, role_arn: role, source_profile: 'b' }, b: keys },
      expect.objectContaining({ kind: 'assume-role' }),
    ],
    ['nothing', { a: { region: 'eu-west-1' } }, { kind: 'incomplete', problem: 'no-credentials', name: 'a' }],
    ['half of the keys', { a: { aws_access_key_id: 'AKIA1' } }, { kind: 'incomplete', problem: 'no-credentials', name: 'a' }],
  ])('%s', (_, profiles, expected) => {
    expect(plan('a', profiles)).toEqual(expected)
  })

  test('a role from the environment’s keys', () => {
    const environment = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 's1' }
    expect(plan('a', { a: { role_arn: role, credential_source: 'Environment' } }, { environment })).toEqual({
      kind: 'assume-role',
      roleArn: role,
      source: keysPlan,
    })
  })

  const sso = { sso_account_id: '123456789012', sso_role_name: 'Admin' }
  const start = { sso_start_url: 'https://example.awsapps.com/start', sso_region: 'eu-west-1' }
  const ssoPlan = { kind: 'sso', startUrl: start.sso_start_url, region: 'eu-west-1', accountId: '123456789012', roleName: 'Admin' }
  test('single sign-on with a session', () => {
    const sessions = { corp: { ...start, sso_registration_scopes: 'sso:account:access, codewhisperer:completions' } }
    expect(plan('a', { a: { ...sso, sso_session: 'corp' } }, { sessions })).toEqual({
      ...ssoPlan,
      cacheName: 'corp',
      scopes: ['sso:account:access', 'codewhisperer:completions'],
    })
  })
  test('single sign-on as it was before sessions', () => {
    expect(plan('a', { a: { ...sso, ...start } })).toEqual({ ...ssoPlan, cacheName: start.sso_start_url, scopes: undefined })
  })
  test('a role behind single sign-on begins with its login', () => {
    const found = plan('a', { a: { role_arn: role, source_profile: 'b' }, b: { ...sso, ...start } })
    expect(findSso(found)).toMatchObject(ssoPlan)
  })
})

describe('what is missing is named, however deep it lies', () => {
  const of = (profiles: Record<string, Section>) => findIncomplete(plan('a', profiles))
  const from = (source: string) => ({ role_arn: role, source_profile: source })
  test.each<[string, Record<string, Section>, unknown]>([
    ['the source profile', { a: from('b') }, { problem: 'profile-missing', name: 'b' }],
    ['the source’s source', { a: from('b'), b: from('c') }, { problem: 'profile-missing', name: 'c' }],
    ['a way out of a circle', { a: from('b'), b: from('a') }, { problem: 'cycle', name: 'a' }],
    ['keys, where a role names itself as its source', { a: from('a') }, { problem: 'cycle', name: 'a' }],
    ['the session', { a: { sso_session: 'corp' } }, { problem: 'sso-session-missing', name: 'corp' }],
    ['the account', { a: { sso_start_url: 'https://x', sso_region: 'eu-west-1' } }, { problem: 'sso-incomplete', name: 'a' }],
    ['a known source', { a: { role_arn: role, credential_source: 'Mars' } }, { problem: 'credential-source-unknown', name: 'Mars' }],
  ])('%s', (_, profiles, expected) => {
    expect(of(profiles)).toEqual({ kind: 'incomplete', ...(expected as object) })
  })
  test('nothing, where all is there', () => expect(of({ a: from('b'), b: keys })).toBeUndefined())
})

test('an MFA code is needed for the role itself or for what it comes from', () => {
  const withMfa = { role_arn: role, source_profile: 'b', mfa_serial: 'arn:mfa' }
  expect(needsMfa(plan('a', { a: withMfa, b: keys }))).toBe(true)
  expect(needsMfa(plan('c', { c: { role_arn: role, source_profile: 'a' }, a: withMfa, b: keys }))).toBe(true)
  expect(needsMfa(plan('b', { b: keys }))).toBe(false)
})
