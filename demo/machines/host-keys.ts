import { createECDH, createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import ssh2 from 'ssh2'
import type { HostKeyType } from './catalog.ts'

export interface HostKey {
  readonly type: HostKeyType
  /** As ssh2's server takes it. */
  readonly privateText: string
  readonly blob: Buffer
}

/**
 * The same key for the same name at every start, so that what a person came to trust yesterday is not an alarm today. A real host's
 * key must be a secret; these protect nothing but a shell on loopback, whose way in (the login keys) is random. RSA keys cannot be
 * derived so simply and are new each time.
 */
export function createHostKey(name: string, type: HostKeyType): HostKey {
  const seed = createHash('sha256').update(`practice cloud host key ${type} ${name}`).digest()
  const privateText = type === 'ed25519' ? ed25519KeyFile(seed, name) : type === 'ecdsa' ? ecdsa(seed) : rsa()
  return { type, privateText, blob: publicBlob(privateText) }
}

/** The public half as the wire has it (RFC 4253, 6.6). */
export function publicBlob(privateText: string): Buffer {
  const parsed = ssh2.utils.parseKey(privateText)
  if (parsed instanceof Error) throw parsed
  return parsed.getPublicSSH()
}

/** As `ssh-keygen -l` prints it. */
export function sha256Fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

export function publicKeyLine(blob: Buffer, comment: string): string {
  const type = blob.subarray(4, 4 + blob.readUInt32BE(0)).toString()
  return `${type} ${blob.toString('base64')} ${comment}`
}

/** RFC 8410's fixed beginning of a PKCS#8 Ed25519 key; the 32 bytes of the seed follow. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An OpenSSH private key of 32 bytes. ssh2's own generator makes one in some three hundred that nobody can read. */
export function ed25519KeyFile(seed: Buffer, comment: string): string {
  const key = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const type = sshString('ssh-ed25519')
  const blob = Buffer.concat([type, sshString(publicKey)])
  const check = Buffer.from('6d6f6f726d6f6f72', 'hex')
  const content = Buffer.concat([check, type, sshString(publicKey), sshString(Buffer.concat([seed, publicKey])), sshString(comment)])
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (content.length % 8)) % 8))
  // OpenSSH's PROTOCOL.key: no cipher, no key derivation, one key.
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    Buffer.from([0, 0, 0, 1]),
    sshString(blob),
    sshString(Buffer.concat([content, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

function ecdsa(seed: Buffer): string {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(seed)
  const point = curve.getPublicKey()
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33), d: seed.toString('base64url') }
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'sec1', format: 'pem' }).toString()
}

function rsa(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

function sshString(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
