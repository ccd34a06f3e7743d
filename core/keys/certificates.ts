import { readFile, stat } from 'node:fs/promises'
import type { KeyCertificate, LocalKey } from '../../contract/models/key.ts'
import type { Settings } from '../../contract/models/settings.ts'
import type { AgentKey } from '../ssh/agent.ts'
import { type Certificate, findCertificates } from '../ssh/certificate.ts'
import { plainText } from '../ssh/login/server-text.ts'
import type { State } from '../state.ts'
import { sha256Fingerprint } from './fingerprints.ts'
import type { KeyFile } from './key-places.ts'
import { MAX_KEY_BYTES } from './private-key.ts'

export interface KnownCertificate {
  readonly certificate: Certificate
  readonly source: KeyCertificate['source']
}

/** Read anew each time: many last for hours only, and the file is then another. */
export async function certificatesBeside(files: readonly KeyFile[]): Promise<readonly KnownCertificate[]> {
  const candidates = files.flatMap(({ path }) => [...new Set([path, path.replace(/\.\w+$/, '')])].map((stem) => `${stem}-cert.pub`))
  const found = await Promise.all(candidates.map(certificatesIn))
  return found.flat().map((certificate) => ({ certificate, source: 'file' }))
}

/** None where there is no such file, or it is something else. */
export async function certificatesIn(path: string): Promise<readonly Certificate[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > MAX_KEY_BYTES) return []
  return findCertificates(await readFile(path, 'latin1').catch(() => ''))
}

export function certificatesInAgent(keys: readonly AgentKey[]): readonly KnownCertificate[] {
  return keys.flatMap(({ certificates }) => certificates.map((certificate) => ({ certificate, source: 'agent' as const })))
}

/** What was pasted. Nothing about a certificate is secret, and no key is kept with it. */
export function createPastedCertificates(settings: State<Settings>) {
  const keep = (lines: readonly string[]) => settings.update((value) => ({ ...value, certificates: [...lines] }))
  return {
    list(): readonly KnownCertificate[] {
      return findCertificates(settings.value.certificates.join('\n')).map((certificate) => ({ certificate, source: 'pasted' }))
    },
    add({ type, blob }: Certificate) {
      keep([...new Set([...settings.value.certificates, `${type} ${blob.toString('base64')}`])].slice(-MOST_PASTED))
    },
    /** By its fingerprint. */
    forget(fingerprint: string) {
      keep(
        settings.value.certificates.filter((line) => !findCertificates(line).some(({ blob }) => sha256Fingerprint(blob) === fingerprint)),
      )
    },
  }
}

/** The oldest go first; those of a company's service are good for hours. */
const MOST_PASTED = 50

/** Those that are for this key, each once. */
export function certificatesFor(blob: Buffer | undefined, known: readonly KnownCertificate[]): readonly KnownCertificate[] {
  const own = blob ? known.filter(({ certificate }) => certificate.publicKey.blob.equals(blob)) : []
  return own.filter((one, index) => own.findIndex(({ certificate }) => certificate.blob.equals(one.certificate.blob)) === index)
}

export function describeCertificates(known: readonly KnownCertificate[], now = Date.now()): NonNullable<LocalKey['certificates']> {
  return known.map(({ certificate, source }) => {
    const { name, principals, validFrom, validUntil, kind, blob, authority } = certificate
    const problem =
      kind === 'host'
        ? 'host'
        : validUntil !== undefined && now >= validUntil
          ? 'expired'
          : validFrom !== undefined && now < validFrom
            ? 'not-yet'
            : undefined
    return {
      id: sha256Fingerprint(blob),
      name: plainText(name, 200),
      principals: principals.slice(0, 32).map((principal) => plainText(principal, 100)),
      authority: sha256Fingerprint(authority.blob),
      source,
      ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom).toISOString() }),
      ...(validUntil === undefined ? {} : { validUntil: new Date(validUntil).toISOString() }),
      ...(problem ? { problem } : {}),
    }
  })
}
