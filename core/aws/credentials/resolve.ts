import { createHash } from 'node:crypto'
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc'
import type { Prompts } from '../../prompts/prompts.ts'
import { UserError } from '../../user-error.ts'
import type { ConfigPaths } from '../config/config-files.ts'
import type { Service } from '../config/endpoints.ts'
import { toUserError } from '../failures.ts'
import { plainText } from '../plain-text.ts'
import type { CredentialPlan, RolePlan, SsoPlan } from './plan.ts'
import { renewSsoToken } from './sso-login.ts'
import { readSsoToken, type SsoToken, tokenAge, writeSsoToken } from './sso-token.ts'

/** What the SDK's clients sign with. */
export interface AwsIdentity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

export interface ResolveContext {
  readonly profile: string
  /** For STS. */
  readonly region: string
  readonly paths: ConfigPaths
  readonly homeFolder: string
  readonly prompts: Prompts
  endpoint(service: Service): string | undefined
  /** Absent: the person is not to be asked anything. */
  readonly interactive?: { readonly signal?: AbortSignal | undefined } | undefined
}

const MFA_ATTEMPTS = 3
/** A person waits for these calls; AWS answers them in well under a second. */
const CLIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } }

/** Carries out a plan with the SDK's own providers. Throws UserErrors only. */
export async function resolveCredentials(plan: CredentialPlan, context: ResolveContext): Promise<AwsIdentity> {
  const providers = await import('@aws-sdk/credential-providers')
  const { profile, paths } = context
  switch (plan.kind) {
    case 'keys': {
      const { accessKeyId, secretAccessKey, sessionToken } = plan
      return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
    }
    case 'process':
      return providers
        .fromProcess({ profile: plan.profile, filepath: paths.credentials, configFilepath: paths.config, ignoreCache: true })()
        .catch((cause) => {
          throw new UserError('AWS_NO_CREDENTIALS', { profile, problem: processProblem(cause) }, { cause })
        })
    case 'web-identity': {
      const clientConfig = stsConfig(context)
      const provide = providers.fromTokenFile({
        webIdentityTokenFile: plan.tokenFile,
        roleArn: plan.roleArn,
        ...(plan.sessionName ? { roleSessionName: plan.sessionName } : {}),
        clientConfig,
      })
      return provide().catch((cause) => fail(cause, context, 'sts:AssumeRoleWithWebIdentity', 'role', clientConfig.endpoint))
    }
    case 'metadata': {
      const provide = plan.from === 'Ec2InstanceMetadata' ? providers.fromInstanceMetadata() : providers.fromContainerMetadata()
      return provide().catch((cause) => fail(cause, context, 'metadata', 'session', undefined))
    }
    case 'sso':
      return fromSso(plan, context)
    case 'assume-role':
      return assumeRole(plan, context)
    case 'incomplete': {
      if (plan.problem === 'profile-missing') throw new UserError('AWS_PROFILE_UNKNOWN', { profile: plan.name })
      throw new UserError('AWS_NO_CREDENTIALS', { profile, problem: plan.problem })
    }
  }
}

export async function ssoClient(plan: SsoPlan, context: ResolveContext): Promise<SSOOIDC> {
  const { SSOOIDC } = await import('@aws-sdk/client-sso-oidc')
  const endpoint = context.endpoint('sso_oidc')
  return new SSOOIDC({ ...CLIENT, region: plan.region, ...(endpoint ? { endpoint } : {}) })
}

async function assumeRole(plan: RolePlan, context: ResolveContext): Promise<AwsIdentity> {
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const { profile, interactive, prompts } = context
  const { mfaSerial } = plan
  const masterCredentials = await resolveCredentials(plan.source, context)
  if (mfaSerial && !interactive) throw new UserError('AWS_LOGIN_EXPIRED', { profile, kind: 'role' })

  const clientConfig = stsConfig(context)
  const assume = (again: boolean) =>
    fromTemporaryCredentials({
      masterCredentials,
      params: {
        RoleArn: plan.roleArn,
        RoleSessionName: plan.sessionName ?? `mooring-${Date.now()}`,
        ExternalId: plan.externalId,
        DurationSeconds: plan.durationSeconds,
        SerialNumber: mfaSerial,
      },
      mfaCodeProvider: async (serial) => {
        const answer = await prompts.ask({ kind: 'mfa-code', profile, serial, again }, { signal: interactive?.signal })
        return answer.kind === 'values' ? (answer.values[0] ?? '').replace(/\s/g, '') : ''
      },
      clientConfig,
    })()
  for (let attempt = 1; ; attempt++) {
    try {
      return await assume(attempt > 1)
    } catch (cause) {
      const error = toUserError(cause, { profile, action: 'sts:AssumeRole', login: 'role', endpoint: clientConfig.endpoint })
      // A code of the wrong shape never reaches the check of the code itself.
      const wrongCode = error.code === 'AWS_MFA_REFUSED' || (mfaSerial && isValidation(error))
      if (!wrongCode) throw error
      if (attempt === MFA_ATTEMPTS) throw new UserError('AWS_MFA_REFUSED', { profile }, { cause })
    }
  }
}

function isValidation(error: UserError): boolean {
  return error.code === 'AWS_REFUSED' && /ValidationError|InvalidParameterValue/.test((error as UserError<'AWS_REFUSED'>).details.awsCode)
}

async function fromSso(plan: SsoPlan, context: ResolveContext): Promise<AwsIdentity> {
  const { fromSSO } = await import('@aws-sdk/credential-providers')
  const { externalDataInterceptor } = await import('@smithy/shared-ini-file-loader')
  const token = await currentToken(plan, context)
  // The SDK would look for the token below this process's home folder; it is handed over instead, under a name of its own.
  const tokenName = `mooring:${createHash('sha256').update(token.accessToken).digest('hex')}`
  externalDataInterceptor.interceptToken(tokenName, token)
  const endpoint = context.endpoint('sso')
  try {
    return await fromSSO({
      ssoStartUrl: tokenName,
      ssoAccountId: plan.accountId,
      ssoRegion: plan.region,
      ssoRoleName: plan.roleName,
      clientConfig: { ...CLIENT, region: plan.region, ...(endpoint ? { endpoint } : {}) },
    })()
  } catch (cause) {
    return fail(unwrapped(cause), context, 'sso:GetRoleCredentials', 'sso', endpoint)
  } finally {
    delete externalDataInterceptor.getTokenRecord()[tokenName]
  }
}

async function currentToken(plan: SsoPlan, context: ResolveContext): Promise<SsoToken> {
  const { homeFolder, profile } = context
  const token = await readSsoToken(homeFolder, plan.cacheName)
  const age = token ? tokenAge(token, Date.now()) : 'expired'
  if (token && age === 'renewable') {
    try {
      const renewed = await renewSsoToken(await ssoClient(plan, context), token)
      await writeSsoToken(homeFolder, plan.cacheName, renewed)
      return renewed
    } catch (cause) {
      if (Date.parse(token.expiresAt) <= Date.now()) fail(cause, context, 'sso-oidc:CreateToken', 'sso', context.endpoint('sso_oidc'))
    }
  }
  if (!token || age === 'expired') throw new UserError('AWS_LOGIN_EXPIRED', { profile, kind: 'sso' })
  return token
}

/** The SDK makes a sentence of what the portal answered: `UnauthorizedException: Session token not found or invalid`. */
function unwrapped(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause
  const [, name, message] = /^(\w+(?:Exception|Error)): (.*)$/s.exec(cause.message) ?? []
  if (!name) return cause
  const [code] = /\bE[A-Z_]{4,}\b/.exec(cause.message) ?? []
  return Object.assign(new Error(message, { cause }), { name, ...(code ? { code } : {}) })
}

function stsConfig({ region, endpoint }: ResolveContext) {
  const url = endpoint('sts')
  return { ...CLIENT, region, ...(url ? { endpoint: url } : {}) }
}

function fail(
  cause: unknown,
  { profile }: ResolveContext,
  action: string,
  login: 'sso' | 'session' | 'role',
  endpoint: string | undefined,
): never {
  throw toUserError(cause, { profile, action, login, endpoint })
}

/** What the program wrote to its standard error; never its command line, where people put secrets. */
function processProblem(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : ''
  const [first = '', ...rest] = message.split('\n')
  return plainText(first.startsWith('Command failed:') ? rest.join(' ').trim() || 'credential_process' : first, 300)
}
