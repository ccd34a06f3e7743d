import { randomUUID } from 'node:crypto'
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc'
import { UserError } from '../../user-error.ts'
import type { SsoPlan } from './plan.ts'
import { type AwsIdentity, CLIENT, fail, type ResolveContext } from './resolve-context.ts'
import { renewSsoToken } from './sso-login.ts'
import { readSsoToken, type SsoToken, tokenAge, writeSsoToken } from './sso-token.ts'

/** A role's credentials from IAM Identity Center, for the token that a login left. Throws UserError AWS_LOGIN_EXPIRED. */
export async function ssoCredentials(plan: SsoPlan, context: ResolveContext): Promise<AwsIdentity> {
  const { fromSSO } = await import('@aws-sdk/credential-providers')
  const { externalDataInterceptor } = await import('@smithy/shared-ini-file-loader')
  const token = await currentToken(plan, context)
  // The SDK would look for the token below this process's home folder; it is handed over instead, under a name of its own.
  const tokenName = `mooring:${randomUUID()}`
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

export async function ssoClient(plan: SsoPlan, context: ResolveContext): Promise<SSOOIDC> {
  const { SSOOIDC } = await import('@aws-sdk/client-sso-oidc')
  const endpoint = context.endpoint('sso_oidc')
  return new SSOOIDC({ ...CLIENT, region: plan.region, ...(endpoint ? { endpoint } : {}) })
}

async function currentToken(plan: SsoPlan, context: ResolveContext): Promise<SsoToken> {
  const { homeFolder, profile } = context
  const token = await readSsoToken(homeFolder, plan.cacheName)
  const age = token ? tokenAge(token, Date.now()) : 'expired'
  if (!token || age === 'expired') throw new UserError('AWS_LOGIN_EXPIRED', { profile, kind: 'sso' })
  if (age !== 'renewable') return token
  try {
    return await renewOnce(token, plan, context)
  } catch (cause) {
    if (Date.parse(token.expiresAt) > Date.now()) return token
    return fail(cause, context, 'sso-oidc:CreateToken', 'sso', context.endpoint('sso_oidc'))
  }
}

/** By refresh token, which AWS takes once: all the profiles of a session notice at the same time that it must be renewed. */
const renewals = new Map<string, Promise<SsoToken>>()

function renewOnce(token: SsoToken, plan: SsoPlan, context: ResolveContext): Promise<SsoToken> {
  const key = token.refreshToken ?? ''
  const renewal = renewals.get(key) ?? renew()
  renewals.set(key, renewal)
  renewal.catch(() => renewals.delete(key))
  return renewal

  async function renew() {
    const renewed = await renewSsoToken(await ssoClient(plan, context), token)
    await writeSsoToken(context.homeFolder, plan.cacheName, renewed)
    return renewed
  }
}

/** The SDK makes a sentence of what the portal answered: `UnauthorizedException: Session token not found or invalid`. */
function unwrapped(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause
  const [, name, message] = /^(\w+(?:Exception|Error)): (.*)$/s.exec(cause.message) ?? []
  if (!name) return cause
  const [code] = /\bE[A-Z_]{4,}\b/.exec(cause.message) ?? []
  return Object.assign(new Error(message, { cause }), { name, ...(code ? { code } : {}) })
}
