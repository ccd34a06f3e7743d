import type { HostKeyTrust } from '../../../contract/models/reach.ts'
import { sha256Fingerprint } from '../../keys/fingerprints.ts'
import { type Certificate, parseCertificate } from '../certificate.ts'
import { blobType } from '../wire.ts'
import type { OnStep } from './login-step.ts'

export interface HostKey {
  readonly type: string
  /** RFC 4253, 6.6. */
  readonly blob: Buffer
  /** `SHA256:…` */
  readonly fingerprint: string
  /** It came with one. */
  readonly certificate?: Certificate | undefined
}

/** `sent`: the key, or a certificate of it. */
export type VerifyHostKey = (sent: Buffer) => Promise<HostKeyTrust>

/**
 * Asks once about each key that the host shows: a connection exchanges keys again from time to time, and a second user means a
 * second connection.
 */
export function verifyOnce(verify: (key: HostKey) => Promise<HostKeyTrust>, onStep: OnStep): VerifyHostKey {
  const trusted = new Map<string, HostKeyTrust>()
  return async (sent) => {
    const certificate = parseCertificate(sent)
    const { blob, type } = certificate?.publicKey ?? { blob: sent, type: blobType(sent) }
    const key = { type, blob, fingerprint: sha256Fingerprint(blob), certificate }
    const known = trusted.get(key.fingerprint)
    if (known) return known
    const params = { algorithm: key.type, fingerprint: key.fingerprint }
    onStep({ step: 'host-key', outcome: 'doing', params })
    try {
      const trust = await verify(key)
      trusted.set(key.fingerprint, trust)
      onStep({ step: 'host-key', outcome: 'ok', params: { ...params, trust: trust.reason } })
      return trust
    } catch (error) {
      onStep({ step: 'host-key', outcome: 'failed', params })
      throw error
    }
  }
}
