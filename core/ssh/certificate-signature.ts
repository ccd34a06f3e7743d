import { createPublicKey, verify } from 'node:crypto'
import ssh2 from 'ssh2'
import type { Certificate } from './certificate.ts'
import { readWire } from './wire.ts'

/** Whether the certificate's own signature is that of the key in it (OpenSSH's PROTOCOL.certkeys). SHA-1 is none. */
export function isSignedByAuthority({ authority, signature, signed }: Certificate): boolean {
  try {
    const parsed = ssh2.utils.parseKey(authority.blob)
    if (parsed instanceof Error) return false
    const reader = readWire(signature)
    const algorithm = reader.string().toString('latin1')
    const bytes = reader.string()
    const key = createPublicKey(parsed.getPublicPEM())
    const kind = KINDS[algorithm]
    if (!kind || kind.type !== authority.type) return false
    if (kind.bytes === undefined) return verify(kind.hash, signed, key, bytes)
    const numbers = readWire(bytes)
    const both = [numbers.string(), numbers.string()].map((number) => fixed(number, kind.bytes ?? 0))
    return verify(kind.hash, signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(both))
  } catch {
    return false // ended early, or numbers that make no signature
  }
}

/** By the signature's name; `bytes` of each of an ECDSA signature's two numbers. */
const KINDS: Readonly<Record<string, { type: string; hash: string | null; bytes?: number }>> = {
  'ssh-ed25519': { type: 'ssh-ed25519', hash: null },
  'rsa-sha2-256': { type: 'ssh-rsa', hash: 'sha256' },
  'rsa-sha2-512': { type: 'ssh-rsa', hash: 'sha512' },
  'ecdsa-sha2-nistp256': { type: 'ecdsa-sha2-nistp256', hash: 'sha256', bytes: 32 },
  'ecdsa-sha2-nistp384': { type: 'ecdsa-sha2-nistp384', hash: 'sha384', bytes: 48 },
  'ecdsa-sha2-nistp521': { type: 'ecdsa-sha2-nistp521', hash: 'sha512', bytes: 66 },
}

/** An mpint without its sign byte, with zeros before it. */
function fixed(number: Buffer, bytes: number): Buffer {
  const digits = number.subarray(
    Math.max(
      0,
      number.findIndex((byte) => byte !== 0),
    ),
  )
  if (digits.length > bytes) throw new RangeError('number too long')
  return Buffer.concat([Buffer.alloc(bytes - digits.length), digits])
}
