import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** The AWS CLI's own cache file, so that a login here is one there, and the other way round. */
const date = z.string().refine((text) => !Number.isNaN(Date.parse(text)))
const ssoToken = z.object({
  startUrl: z.string().optional(),
  region: z.string().optional(),
  accessToken: z.string().min(1),
  expiresAt: date,
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  registrationExpiresAt: date.optional(),
  refreshToken: z.string().optional(),
})
export type SsoToken = z.infer<typeof ssoToken>

/** Undefined where there is none, or none that can be understood: a new login writes a good one. */
export async function readSsoToken(homeFolder: string, cacheName: string): Promise<SsoToken | undefined> {
  try {
    return ssoToken.parse(JSON.parse(await readFile(tokenFile(homeFolder, cacheName), 'utf8')))
  } catch {
    return undefined
  }
}

export async function writeSsoToken(homeFolder: string, cacheName: string, token: SsoToken): Promise<void> {
  const file = tokenFile(homeFolder, cacheName)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, JSON.stringify(token, undefined, 2), { mode: 0o600 })
  await rename(temporary, file)
}

/** Renewed this long before its end, as the AWS CLI and SDK do. */
const RENEW_BEFORE_MS = 5 * 60 * 1000

export type TokenAge = 'fresh' | 'renewable' | 'last-minutes' | 'expired'
export function tokenAge(token: SsoToken, now: number): TokenAge {
  const left = Date.parse(token.expiresAt) - now
  if (left > RENEW_BEFORE_MS) return 'fresh'
  const registered = token.registrationExpiresAt === undefined || Date.parse(token.registrationExpiresAt) > now
  if (token.refreshToken && token.clientId && token.clientSecret && registered) return 'renewable'
  return left > 0 ? 'last-minutes' : 'expired'
}

function tokenFile(homeFolder: string, cacheName: string): string {
  return join(homeFolder, '.aws', 'sso', 'cache', `${createHash('sha1').update(cacheName).digest('hex')}.json`)
}
