import type { Profile } from '../../../contract/models/profile.ts'
import type { AwsConfig, Section } from '../config/config-files.ts'

/** How a profile comes to its credentials. Holds secrets: it stays in the core. */
export type CredentialPlan =
  | { readonly kind: 'keys'; readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined }
  | { readonly kind: 'process'; readonly profile: string }
  | SsoPlan
  | { readonly kind: 'web-identity'; readonly roleArn: string; readonly tokenFile: string; readonly sessionName?: string | undefined }
  | RolePlan
  | { readonly kind: 'metadata'; readonly from: 'Ec2InstanceMetadata' | 'EcsContainer' }
  | { readonly kind: 'incomplete'; readonly problem: PlanProblem; readonly name: string }
type PlanProblem = 'no-credentials' | 'profile-missing' | 'sso-session-missing' | 'sso-incomplete' | 'cycle' | 'credential-source-unknown'

export interface SsoPlan {
  readonly kind: 'sso'
  /** Names the token's file in the AWS CLI's cache: the session's name, or the start address of a profile without one. */
  readonly cacheName: string
  readonly startUrl: string
  readonly region: string
  readonly accountId: string
  readonly roleName: string
  /** Absent for a profile without a session: its token cannot be renewed. */
  readonly scopes?: readonly string[] | undefined
}
export interface RolePlan {
  readonly kind: 'assume-role'
  readonly roleArn: string
  readonly source: CredentialPlan
  readonly mfaSerial?: string | undefined
  readonly externalId?: string | undefined
  readonly sessionName?: string | undefined
  readonly durationSeconds?: number | undefined
}

/** In the SDK's own order of preference. `visited`: the profiles whose source this one is. */
export function planCredentials(
  name: string,
  config: AwsConfig,
  environment: Readonly<Record<string, string | undefined>>,
  visited: readonly string[] = [],
): CredentialPlan {
  const section = config.profiles.get(name)
  if (!section) return { kind: 'incomplete', problem: 'profile-missing', name }
  const keys = keysOf(section.aws_access_key_id, section.aws_secret_access_key, section.aws_session_token)
  // A profile that is the source of a role gives its keys, even when it is that role's own profile.
  if (visited.length > 0 && keys) return keys
  if (section.role_arn && (section.source_profile || section.credential_source)) {
    if (visited.includes(name)) return { kind: 'incomplete', problem: 'cycle', name }
    return planRole(section.role_arn, section, sourceOf(section, name))
  }
  if (keys) return keys
  if (section.web_identity_token_file && section.role_arn) {
    return {
      kind: 'web-identity',
      roleArn: section.role_arn,
      tokenFile: section.web_identity_token_file,
      sessionName: section.role_session_name,
    }
  }
  if (section.credential_process) return { kind: 'process', profile: name }
  if (section.sso_session || section.sso_start_url) return planSso(name, section, config)
  return { kind: 'incomplete', problem: 'no-credentials', name }

  function sourceOf({ source_profile: source, credential_source: from }: Section, self: string): CredentialPlan {
    if (source) return planCredentials(source, config, environment, [...visited, self])
    if (from === 'Environment')
      return environmentKeys(environment) ?? { kind: 'incomplete', problem: 'no-credentials', name: 'AWS_ACCESS_KEY_ID' }
    if (from === 'Ec2InstanceMetadata' || from === 'EcsContainer') return { kind: 'metadata', from }
    return { kind: 'incomplete', problem: 'credential-source-unknown', name: from ?? '' }
  }
}

/** What the variables give without any profile: keys, or a web identity as in a container of EKS's. */
export function planFromEnvironment(environment: Readonly<Record<string, string | undefined>>): CredentialPlan | undefined {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: roleArn, AWS_ROLE_SESSION_NAME: sessionName } = environment
  const keys = environmentKeys(environment)
  return keys ?? (tokenFile && roleArn ? { kind: 'web-identity', roleArn, tokenFile, sessionName } : undefined)
}

function environmentKeys(environment: Readonly<Record<string, string | undefined>>): CredentialPlan | undefined {
  return keysOf(environment.AWS_ACCESS_KEY_ID, environment.AWS_SECRET_ACCESS_KEY, environment.AWS_SESSION_TOKEN)
}

/** What the plan itself, not its source, makes of a profile. */
export function profileKind(plan: CredentialPlan): Profile['kind'] {
  return plan.kind === 'metadata' ? 'environment' : plan.kind
}

/** The first thing that is missing, however deep in the chain. */
export function findIncomplete(plan: CredentialPlan): Extract<CredentialPlan, { kind: 'incomplete' }> | undefined {
  if (plan.kind === 'incomplete') return plan
  return plan.kind === 'assume-role' ? findIncomplete(plan.source) : undefined
}

/** The single sign-on that the chain begins with. */
export function findSso(plan: CredentialPlan): SsoPlan | undefined {
  if (plan.kind === 'sso') return plan
  return plan.kind === 'assume-role' ? findSso(plan.source) : undefined
}

export function needsMfa(plan: CredentialPlan): boolean {
  return plan.kind === 'assume-role' && (plan.mfaSerial !== undefined || needsMfa(plan.source))
}

function keysOf(accessKeyId: string | undefined, secretAccessKey: string | undefined, sessionToken: string | undefined) {
  return accessKeyId && secretAccessKey ? ({ kind: 'keys', accessKeyId, secretAccessKey, sessionToken } as const) : undefined
}

function planRole(roleArn: string, section: Section, source: CredentialPlan): RolePlan {
  return {
    kind: 'assume-role',
    roleArn,
    source,
    mfaSerial: section.mfa_serial,
    externalId: section.external_id,
    sessionName: section.role_session_name,
    durationSeconds: Number.parseInt(section.duration_seconds ?? '', 10) || undefined,
  }
}

function planSso(name: string, section: Section, config: AwsConfig): CredentialPlan {
  const session = section.sso_session ? config.ssoSessions.get(section.sso_session) : section
  if (!session) return { kind: 'incomplete', problem: 'sso-session-missing', name: section.sso_session ?? '' }
  const { sso_start_url: startUrl, sso_region: region } = session
  const { sso_account_id: accountId, sso_role_name: roleName } = section
  if (!startUrl || !region || !accountId || !roleName) return { kind: 'incomplete', problem: 'sso-incomplete', name }
  const scopes = (session.sso_registration_scopes ?? DEFAULT_SCOPE).split(/[\s,]+/).filter(Boolean)
  return {
    kind: 'sso',
    cacheName: section.sso_session ?? startUrl,
    startUrl,
    region,
    accountId,
    roleName,
    scopes: section.sso_session ? scopes : undefined,
  }
}

/** What the AWS CLI asks for when the session names none. */
const DEFAULT_SCOPE = 'sso:account:access'
