import { readWire, string, type WireReader } from './wire.ts'

/** An OpenSSH certificate, as far as a client has to know it (OpenSSH's PROTOCOL.certkeys). */
export interface Certificate {
  /** `ssh-ed25519-cert-v01@openssh.com` and the like. */
  readonly type: string
  readonly blob: Buffer
  /** What it is for. */
  readonly publicKey: { readonly type: string; readonly blob: Buffer }
  readonly kind: 'user' | 'host'
  readonly serial: string
  /** The name that whoever signed it gave it. */
  readonly name: string
  readonly principals: readonly string[]
  /** Milliseconds since 1970; absent: since ever, for ever. */
  readonly validFrom?: number
  readonly validUntil?: number
  /** The key that signed it. */
  readonly authority: { readonly type: string; readonly blob: Buffer }
  /** Restrictions by name; a client or server that does not know one refuses the certificate. */
  readonly criticalOptions: readonly string[]
  readonly signature: Buffer
  /** What the signature is over. */
  readonly signed: Buffer
}

const SUFFIX = '-cert-v01@openssh.com'
/** How many strings of the key itself stand between the nonce and the serial number. */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  'ssh-rsa': 2,
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519': 2,
  'sk-ecdsa-sha2-nistp256': 3,
}
const FOREVER = 2n ** 64n - 1n
const USER = 1
const HOST = 2

/** `undefined`: no certificate, or damaged. */
export function parseCertificate(blob: Buffer): Certificate | undefined {
  try {
    return parse(blob)
  } catch {
    return undefined // ended early
  }
}

function parse(blob: Buffer): Certificate | undefined {
  const reader = readWire(blob)
  const type = reader.string().toString('latin1')
  const base = plainType(type)
  const fields = base === undefined ? undefined : KEY_FIELDS[base.replace('@openssh.com', '')]
  if (base === undefined || fields === undefined) return undefined
  reader.string() // the nonce
  const key = Array.from({ length: fields }, () => reader.string())
  const serial = reader.uint64().toString()
  const kind = reader.uint32()
  if (kind !== USER && kind !== HOST) return undefined
  const name = reader.string().toString('utf8')
  const principals = strings(reader.string()).map((principal) => principal.toString('utf8'))
  const [after, before] = [reader.uint64(), reader.uint64()]
  const criticalOptions = strings(reader.string()).flatMap((text, index) => (index % 2 === 0 ? text.toString('utf8') : []))
  reader.string() // extensions
  reader.string() // reserved
  const authority = reader.string()
  const signed = blob.subarray(0, blob.length - reader.rest.length)
  return {
    type,
    blob,
    publicKey: { type: base, blob: Buffer.concat([base, ...key].map(string)) },
    kind: kind === USER ? 'user' : 'host',
    serial,
    name,
    principals,
    ...(after > 0n ? { validFrom: milliseconds(after) } : {}),
    ...(before < FOREVER ? { validUntil: milliseconds(before) } : {}),
    authority: { type: readWire(authority).string().toString('latin1'), blob: authority },
    criticalOptions,
    signature: reader.string(),
    signed,
  }
}

/** The key's own type. `undefined`: not a certificate's. */
export function plainType(type: string): string | undefined {
  if (!type.endsWith(SUFFIX)) return undefined
  const base = type.slice(0, -SUFFIX.length)
  return base.startsWith('sk-') ? `${base}@openssh.com` : base
}

/** The name by which a server is asked to take it: RSA's says how it will be signed (RFC 8332). */
export function certificateAlgorithm({ type }: Certificate): string {
  return type.startsWith('ssh-rsa-') ? `rsa-sha2-512${SUFFIX}` : type
}

/** A certificate is signed for as its key is. */
export function signatureAlgorithm(algorithm: string): string {
  return plainType(algorithm) ?? algorithm
}

function strings(packed: Buffer): Buffer[] {
  const all: Buffer[] = []
  for (let reader: WireReader = readWire(packed); reader.rest.length > 0; ) all.push(reader.string())
  return all
}

/** Dates end long before 64 bits do. */
const LAST_MS = 8_640_000_000_000_000
function milliseconds(seconds: bigint): number {
  return Math.min(Number(seconds) * 1000, LAST_MS)
}

const MAX_LINES = 100

/** Those among the lines of a `-cert.pub` file, or of what somebody pasted. */
export function findCertificates(text: string): Certificate[] {
  return text.split(/\r?\n/, MAX_LINES).flatMap((line) => {
    const [, base64] = /(?:^|\s)[\w.-]+-cert-v01@openssh\.com\s+([A-Za-z0-9+/]+=*)/.exec(line) ?? []
    return (base64 && parseCertificate(Buffer.from(base64, 'base64'))) || []
  })
}

export type CertificateProblem = 'expired' | 'not-yet' | 'no-principal' | 'principal'

/**
 * Why a server will not take it, by what it says itself. `principal` is what OpenSSH says unless it was told which principals may log
 * in as whom (AuthorizedPrincipalsFile), which only the server knows. Pure.
 */
export function certificateProblem(
  { validFrom, validUntil, principals }: Pick<Certificate, 'validFrom' | 'validUntil' | 'principals'>,
  user: string,
  now: number,
): CertificateProblem | undefined {
  if (validUntil !== undefined && now >= validUntil) return 'expired'
  if (validFrom !== undefined && now < validFrom) return 'not-yet'
  if (principals.length === 0) return 'no-principal'
  return principals.includes(user) ? undefined : 'principal'
}
