import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync } from 'node:fs'
import { type Certificate, findCertificates } from '../../core/ssh/certificate.ts'
import { type KeyType, makeKey, type TestKey } from './sshd.ts'

export interface Signing {
  /** The certificate's own name. */
  readonly name?: string
  readonly principals?: readonly string[]
  /** As `ssh-keygen -V`: `20200101:20200102`. */
  readonly validity?: string
  readonly host?: boolean
}

/** Whoever signs certificates. */
export interface Authority {
  readonly key: TestKey
  /** Writes `<key>-cert.pub`, where ssh looks for it, unless there is another place to put it. */
  sign(key: TestKey, signing?: Signing, place?: string): { readonly text: string; readonly certificate: Certificate }
}

export function makeAuthority(path: string, type: KeyType = 'ed25519'): Authority {
  const key = makeKey(path, { type })
  return {
    key,
    sign(signed, { name = 'test certificate', principals = [], validity, host = false } = {}, place) {
      const whom = principals.length > 0 ? ['-n', principals.join(',')] : []
      const when = validity ? ['-V', validity] : []
      execFileSync('ssh-keygen', ['-q', '-s', key.path, '-I', name, ...(host ? ['-h'] : []), ...whom, ...when, `${signed.path}.pub`])
      const beside = `${signed.path}-cert.pub`
      const text = readFileSync(beside, 'utf8')
      if (place) renameSync(beside, place)
      const [certificate] = findCertificates(text)
      if (!certificate) throw new Error('ssh-keygen wrote a certificate that is none')
      return { text, certificate }
    },
  }
}
