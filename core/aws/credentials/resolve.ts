import { UserError } from '../../user-error.ts'
import { toUserError } from '../failures.ts'
import { plainText } from '../plain-text.ts'
import type { CredentialPlan, RolePlan } from './plan.ts'
import { type AwsIdentity, CLIENT, fail, type ResolveContext } from './resolve-context.ts'
import { ssoCredentials } from './sso-credentials.ts'

const MFA_ATTEMPTS = 3

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
      return provide().catch((cause) => {
        const isFile = (cause as NodeJS.ErrnoException).syscall !== undefined && (cause as NodeJS.ErrnoException).path !== undefined
        if (isFile) throw new UserError('AWS_NO_CREDENTIALS', { profile, problem: 'token-file-unreadable' }, { cause })
        return fail(cause, context, 'sts:AssumeRoleWithWebIdentity', 'role', clientConfig.endpoint)
      })
    }
    case 'metadata': {
      const { fromInstanceMetadata, fromHttp, fromContainerMetadata, createCredentialChain } = providers
      const ofContainer = createCredentialChain(fromHttp(), fromContainerMetadata())
      const provide = plan.from === 'Ec2InstanceMetadata' ? fromInstanceMetadata() : ofContainer
      return provide().catch((cause) => fail(cause, context, 'metadata', 'session', undefined))
    }
    case 'sso':
      return ssoCredentials(plan, context)
    case 'assume-role':
      return assumeRole(plan, context)
    case 'incomplete': {
      if (plan.problem === 'profile-missing') throw new UserError('AWS_PROFILE_UNKNOWN', { profile: plan.name })
      throw new UserError('AWS_NO_CREDENTIALS', { profile, problem: plan.problem })
    }
  }
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
      if (error.code !== 'AWS_MFA_REFUSED' && !isMisshapenCode(error)) throw error
      if (attempt === MFA_ATTEMPTS) throw new UserError('AWS_MFA_REFUSED', { profile }, { cause })
    }
  }
}

/** A code that is not six digits never reaches the check of the code itself. */
function isMisshapenCode({ data }: UserError): boolean {
  return data.code === 'AWS_REFUSED' && data.details.awsCode === 'ValidationError' && /tokenCode/.test(data.details.message)
}

function stsConfig({ region, endpoint }: ResolveContext) {
  const url = endpoint('sts')
  return { ...CLIENT, region, ...(url ? { endpoint: url } : {}) }
}

/** What the program wrote to its standard error; never its command line, where people put secrets. */
function processProblem(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : ''
  const [first = '', ...rest] = message.split('\n')
  return plainText(first.startsWith('Command failed:') ? rest.join(' ').trim() || 'credential_process' : first, 300)
}
