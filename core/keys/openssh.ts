import { type JsonWebKey, randomBytes } from 'node:crypto'
import { blobType, mpint, readWire, string } from '../ssh/wire.ts'

/** What openssh-key-v1 (OpenSSH's PROTOCOL.key) shows without its passphrase. */
export interface OpenSshHeader {
  readonly cipher: string
  readonly type: string
  readonly publicBlob: Buffer
  /** Of bcrypt; each costs a client that has no native bcrypt some milliseconds. */
  readonly rounds: number
}

const MAGIC = 'openssh-key-v1\0'

/** `undefined`: not such a file, or damaged. */
export function readOpenSshHeader(body: Buffer): OpenSshHeader | undefined {
  if (body.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined
  try {
    const reader = readWire(body, MAGIC.length)
    const cipher = reader.string().toString('latin1')
    const kdf = reader.string().toString('latin1')
    const kdfOptions = reader.string()
    if (reader.uint32() !== 1) return undefined
    const publicBlob = reader.string()
    return { cipher, type: blobType(publicBlob), publicBlob, rounds: kdf === 'bcrypt' ? roundsOf(kdfOptions) : 0 }
  } catch {
    return undefined // ended early
  }
}

function roundsOf(kdfOptions: Buffer): number {
  const reader = readWire(kdfOptions)
  reader.string()
  return reader.uint32()
}

/** A key's numbers in the order in which openssh-key-v1 has them; PuTTY's files hold the same ones. */
export interface KeyNumbers {
  readonly type: string
  readonly publicFields: readonly Buffer[]
  readonly privateFields: readonly Buffer[]
}

export function rsaNumbers(n: Buffer, e: Buffer, d: Buffer, iqmp: Buffer, p: Buffer, q: Buffer): KeyNumbers {
  return { type: 'ssh-rsa', publicFields: [e, n].map(mpint), privateFields: [n, e, d, iqmp, p, q].map(mpint) }
}

export function ecdsaNumbers(curve: string, point: Buffer, secret: Buffer): KeyNumbers {
  const publicFields = [string(curve), string(point)]
  return { type: `ecdsa-sha2-${curve}`, publicFields, privateFields: [...publicFields, mpint(secret)] }
}

export function ed25519Numbers(point: Buffer, seed: Buffer): KeyNumbers {
  return { type: 'ssh-ed25519', publicFields: [string(point)], privateFields: [string(point), string(Buffer.concat([seed, point]))] }
}

const CURVES: Readonly<Record<string, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' }

/** `undefined`: a kind of key that SSH does not know. */
export function numbersOfJwk(jwk: JsonWebKey): KeyNumbers | undefined {
  const { kty, crv = '', n, e, d, p, q, qi, x, y } = jwk
  const curve = CURVES[crv]
  if (kty === 'RSA' && n && e && d && p && q && qi) return rsaNumbers(bytes(n), bytes(e), bytes(d), bytes(qi), bytes(p), bytes(q))
  if (kty === 'EC' && curve && x && y && d) return ecdsaNumbers(curve, Buffer.concat([Buffer.of(4), bytes(x), bytes(y)]), bytes(d))
  if (kty === 'OKP' && crv === 'Ed25519' && x && d) return ed25519Numbers(bytes(x), bytes(d))
  return undefined
}

function bytes(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url')
}

export function publicBlobOf(key: KeyNumbers): Buffer {
  return Buffer.concat([string(key.type), ...key.publicFields])
}

/** The key as an unencrypted OpenSSH file, the one form in which ssh2 takes every type. Stays in memory. */
export function writeOpenSsh(key: KeyNumbers): string {
  const check = randomBytes(4)
  const secret = Buffer.concat([check, check, string(key.type), ...key.privateFields, string('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const count = Buffer.of(0, 0, 0, 1)
  const body = Buffer.concat([
    Buffer.from(MAGIC),
    string('none'),
    string('none'),
    string(''),
    count,
    string(publicBlobOf(key)),
    string(Buffer.concat([secret, padding])),
  ])
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`
}
