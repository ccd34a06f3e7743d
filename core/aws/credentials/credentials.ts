import type { Profile } from '../../../contract/models/profile.ts'
import { UserError } from '../../user-error.ts'
import { type CredentialPlan, findSso, needsMfa, type SsoPlan } from './plan.ts'
import { resolveCredentials } from './resolve.ts'
import type { AwsIdentity, ResolveContext } from './resolve-context.ts'
import { ssoClient } from './sso-credentials.ts'
import { logInToSso } from './sso-login.ts'
import { readSsoToken, tokenAge, writeSsoToken } from './sso-token.ts'

/** One profile's credentials, fetched once for all who need them and again before they end. */
export interface Credentials {
  readonly plan: CredentialPlan
  /** Never asks the person: throws UserError AWS_LOGIN_EXPIRED where only they can go on. */
  get(): Promise<AwsIdentity>
  /** Asks whatever must be asked. Throws UserError CANCELLED, AWS_MFA_REFUSED. */
  login(signal?: AbortSignal): Promise<void>
  /** AWS does not take them any more: the next ones are fetched anew. */
  forget(): void
  loginState(): Promise<Profile['login']>
}

/** The SDK renews at five minutes as well. */
const RENEW_BEFORE_MS = 5 * 60 * 1000

export function createCredentials(plan: CredentialPlan, context: ResolveContext): Credentials {
  let current: AwsIdentity | undefined
  let pending: Promise<AwsIdentity> | undefined
  let pendingLogin: Promise<void> | undefined
  const mfa = needsMfa(plan)

  // What needs an MFA code is used to its last minute, since renewing would ask again.
  const isGood = (identity: AwsIdentity) => !identity.expiration || identity.expiration.getTime() - Date.now() > (mfa ? 0 : RENEW_BEFORE_MS)

  async function renew(interactive: ResolveContext['interactive']) {
    current = await resolveCredentials(plan, { ...context, interactive })
    return current
  }
  return {
    plan,
    async get() {
      if (current && isGood(current)) return current
      pending ??= renew(undefined).finally(() => {
        pending = undefined
      })
      return pending
    },
    login(signal) {
      pendingLogin ??= logIn(signal).finally(() => {
        pendingLogin = undefined
      })
      return pendingLogin
    },
    forget() {
      current = undefined
    },
    async loginState() {
      const sso = findSso(plan)
      if (!sso && !mfa) return { kind: 'not-needed' }
      const token = sso && (await readSsoToken(context.homeFolder, sso.cacheName))
      if (sso && !token) return { kind: 'needed' }
      const age = token && tokenAge(token, Date.now())
      if (age === 'expired') return { kind: 'expired' }
      if (mfa) {
        if (!current) return { kind: 'needed' }
        return isGood(current) ? validUntil(current.expiration) : { kind: 'expired' }
      }
      // One that is about to be renewed has an end that would only mislead.
      return validUntil(token && age !== 'renewable' ? new Date(token.expiresAt) : undefined)
    },
  }

  async function logIn(signal: AbortSignal | undefined) {
    const { profile, homeFolder, prompts } = context
    const sso = findSso(plan)
    if (sso && !(await isLoggedIn(sso))) {
      const client = await ssoClient(sso, context)
      const endpoint = context.endpoint('sso_oidc')
      await writeSsoToken(homeFolder, sso.cacheName, await logInToSso({ profile, plan: sso, client, endpoint, prompts, signal }))
    }
    await renew({ signal })
  }
  /** Asked of AWS, since a token that is good by its date may have been revoked. */
  async function isLoggedIn(sso: SsoPlan): Promise<boolean> {
    try {
      await resolveCredentials(sso, context)
      return true
    } catch (error) {
      if (error instanceof UserError && error.code === 'AWS_LOGIN_EXPIRED') return false
      throw error
    }
  }
}

function validUntil(date: Date | undefined): Profile['login'] {
  return date ? { kind: 'valid', expiresAt: date.toISOString() } : { kind: 'valid' }
}
