import { setTimeout as wait } from 'node:timers/promises'
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc'
import type { Prompts } from '../../prompts/prompts.ts'
import { cancelled, UserError } from '../../user-error.ts'
import { toUserError } from '../failures.ts'
import type { SsoPlan } from './plan.ts'
import type { SsoToken } from './sso-token.ts'

const CLIENT_NAME = 'Mooring'
/** RFC 8628, 3.2 and 3.5: the interval when none is given, and what a `slow_down` adds to it. */
const DEFAULT_INTERVAL_SECONDS = 5
const SLOW_DOWN_SECONDS = 5

export interface SsoLogin {
  readonly profile: string
  readonly plan: SsoPlan
  readonly client: SSOOIDC
  readonly endpoint?: string | undefined
  readonly prompts: Prompts
  readonly signal?: AbortSignal | undefined
}

/**
 * The device authorization of RFC 8628: shows the code, and asks until the person has confirmed it in a browser. Throws
 * UserErrors only; CANCELLED also when they refused it there.
 */
export async function logInToSso(login: SsoLogin): Promise<SsoToken> {
  try {
    return await authorizeDevice(login)
  } catch (error) {
    throw toUserError(error, { profile: login.profile, action: 'sso-oidc:CreateToken', login: 'sso', endpoint: login.endpoint })
  }
}

async function authorizeDevice({ profile, plan, client, prompts, signal }: SsoLogin): Promise<SsoToken> {
  const registration = await client.registerClient(
    { clientName: CLIENT_NAME, clientType: 'public', ...(plan.scopes ? { scopes: [...plan.scopes] } : {}) },
    { ...abortable(signal) },
  )
  const { clientId, clientSecret } = registration
  const device = await client.startDeviceAuthorization({ clientId, clientSecret, startUrl: plan.startUrl }, { ...abortable(signal) })
  const expiresAt = new Date(Date.now() + (device.expiresIn ?? 600) * 1000)

  const done = new AbortController()
  const both = signal ? AbortSignal.any([done.signal, signal]) : done.signal
  const question = prompts.ask(
    {
      kind: 'sso',
      profile,
      verificationUri: secureAddress(device.verificationUriComplete ?? device.verificationUri),
      userCode: device.userCode ?? '',
      expiresAt: expiresAt.toISOString(),
    },
    { signal: both },
  )
  // "Yes" only closes the question; what AWS says is what counts. Cancelling ends the polling.
  const cancelledByPerson = question.then(() => new Promise<never>(() => undefined))
  const polling = poll(client, { clientId, clientSecret, deviceCode: device.deviceCode }, device.interval, expiresAt, profile, both)
  try {
    const token = await Promise.race([polling, cancelledByPerson])
    return {
      startUrl: plan.startUrl,
      region: plan.region,
      accessToken: token.accessToken,
      expiresAt: isoSeconds(Date.now() + token.expiresIn * 1000),
      ...(clientId ? { clientId } : {}),
      ...(clientSecret ? { clientSecret } : {}),
      ...(registration.clientSecretExpiresAt ? { registrationExpiresAt: isoSeconds(registration.clientSecretExpiresAt * 1000) } : {}),
      ...(token.refreshToken ? { refreshToken: token.refreshToken } : {}),
    }
  } finally {
    done.abort()
    await Promise.allSettled([polling, question])
  }
}

/** A new token for one that is about to end. */
export async function renewSsoToken(client: SSOOIDC, token: SsoToken): Promise<SsoToken> {
  const { clientId, clientSecret, refreshToken } = token
  const renewed = await client.createToken({ clientId, clientSecret, refreshToken, grantType: 'refresh_token' })
  return {
    ...token,
    accessToken: renewed.accessToken ?? '',
    expiresAt: isoSeconds(Date.now() + (renewed.expiresIn ?? 0) * 1000),
    ...(renewed.refreshToken ? { refreshToken: renewed.refreshToken } : {}),
  }
}

async function poll(
  client: SSOOIDC,
  device: { clientId: string | undefined; clientSecret: string | undefined; deviceCode: string | undefined },
  interval: number | undefined,
  expiresAt: Date,
  profile: string,
  signal: AbortSignal,
) {
  let seconds = interval ?? DEFAULT_INTERVAL_SECONDS
  while (Date.now() < expiresAt.getTime()) {
    await wait(seconds * 1000, undefined, { signal })
    try {
      const token = await client.createToken(
        { ...device, grantType: 'urn:ietf:params:oauth:grant-type:device_code' },
        { ...abortable(signal) },
      )
      if (token.accessToken) return { accessToken: token.accessToken, expiresIn: token.expiresIn ?? 0, refreshToken: token.refreshToken }
    } catch (error) {
      const { name } = error as Error
      if (name === 'SlowDownException') seconds += SLOW_DOWN_SECONDS
      else if (name === 'ExpiredTokenException') break
      else if (name === 'AccessDeniedException') throw cancelled()
      else if (name !== 'AuthorizationPendingException') throw error
    }
  }
  throw new UserError('AWS_LOGIN_EXPIRED', { profile, kind: 'sso' })
}

/** Whatever the service answered, only a web page over TLS is ever offered to be opened. */
function secureAddress(address: string | undefined): string {
  const url = URL.parse(address ?? '')
  if (url?.protocol !== 'https:') {
    throw new UserError('AWS_REFUSED', { action: 'sso-oidc:StartDeviceAuthorization', awsCode: 'InsecureAddress', message: '' })
  }
  return url.href
}

function abortable(signal: AbortSignal | undefined) {
  return signal ? { abortSignal: signal } : {}
}

/** The AWS CLI writes whole seconds. */
function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}
