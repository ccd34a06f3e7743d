import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'
import { readWire } from '../ssh/wire.ts'

/** As ssh-keygen prints it: `SHA256:` and base64 without padding. */
export function sha256Fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/**
 * Every form in which AWS, cloud-init and ssh-keygen name a key: EC2 hashes an RSA pair that it made by its private key and an
 * imported one by its public key, and prints others as OpenSSH does. The first needs the private key.
 */
export function allFingerprints(publicBlob: Buffer, unlocked?: ParsedKey): readonly string[] {
  const fingerprints = [sha256Fingerprint(publicBlob), colons('md5', publicBlob), colons('sha256', publicBlob)]
  const parsed = ssh2.utils.parseKey(publicBlob)
  if (parsed instanceof Error) return fingerprints
  const spki = createPublicKey(parsed.getPublicPEM()).export({ type: 'spki', format: 'der' })
  fingerprints.push(colons('md5', spki))
  if (unlocked?.type === 'ssh-rsa') {
    const pkcs8 = createPrivateKey(unlocked.getPrivatePEM()).export({ type: 'pkcs8', format: 'der' })
    fingerprints.push(colons('sha1', pkcs8))
  }
  return fingerprints
}

function colons(algorithm: 'md5' | 'sha1' | 'sha256', bytes: Buffer): string {
  const hex = createHash(algorithm).update(bytes).digest('hex')
  return (hex.match(/../g) ?? []).join(':')
}

/** The name and size that ssh-keygen prints: `ED25519`, 256. */
export function describeBlob(blob: Buffer): { type: string; bits?: number } {
  const reader = readWire(blob)
  const type = reader.string().toString('latin1')
  if (type === 'ssh-ed25519') return { type: 'ED25519', bits: 256 }
  const curve = /^ecdsa-sha2-nistp(\d+)$/.exec(type)
  if (curve) return { type: 'ECDSA', bits: Number(curve[1]) }
  if (type !== 'ssh-rsa') return { type }
  reader.string() // the exponent
  return { type: 'RSA', bits: BigInt(`0x${reader.string().toString('hex') || '0'}`).toString(2).length }
}
