import { sha256Fingerprint } from '../keys/fingerprints.ts'
import { UserError } from '../user-error.ts'
import { certificateProblem } from './certificate.ts'
import type { TriedCertificate } from './login/key-methods.ts'
import { plainText } from './login/server-text.ts'

/** Of more there is no room in a sentence. */
const MAX_PRINCIPALS = 8

/**
 * CERTIFICATE_REFUSED where a certificate was tried and is most likely what the person relies on: a server that would also have taken
 * a password was asked for that. The first whose own words tell why counts. Pure.
 */
export function certificateRefused(
  host: string,
  user: string,
  tried: readonly TriedCertificate[],
  cause: UserError<'AUTHENTICATION_FAILED'>,
  now = Date.now(),
): UserError | undefined {
  if (cause.details.offered.some((method) => method !== 'publickey')) return undefined
  const judged = tried.map((one) => ({ ...one, problem: certificateProblem(one.certificate, user, now) }))
  const first = judged.find(({ problem }) => problem !== undefined) ?? judged[0]
  if (!first) return undefined
  const { label, problem = 'untrusted', certificate } = first
  const { name, principals, authority, validFrom, validUntil } = certificate
  return new UserError(
    'CERTIFICATE_REFUSED',
    {
      host,
      user,
      label,
      name: plainText(name, 200),
      problem,
      principals: principals.slice(0, MAX_PRINCIPALS).map((principal) => plainText(principal, 100)),
      authority: sha256Fingerprint(authority.blob),
      ...(validFrom === undefined ? {} : { from: new Date(validFrom).toISOString() }),
      ...(validUntil === undefined ? {} : { until: new Date(validUntil).toISOString() }),
    },
    { cause },
  )
}
