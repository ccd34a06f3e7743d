import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { argon2idAsync } from '@noble/hashes/argon2.js'
import { readWire, string } from '../ssh/wire.ts'
import { type KeyNumbers, publicBlobOf } from './openssh.ts'

/** PuTTY's own memory (KiB); it takes as many passes as fit into 100 ms of its native code, which here would be seconds. */
const ARGON = { m: 8192, t: 8, p: 1 }

/** PuTTY's format, version 3 (PuTTY manual, appendix C), of an RSA or Ed25519 key. */
export async function writePutty(key: KeyNumbers, comment: string, passphrase: string | undefined): Promise<string> {
  const encryption = passphrase ? 'aes256-cbc' : 'none'
  const publicBlob = publicBlobOf(key)
  const secret = passphrase ? padded(secretOf(key)) : secretOf(key)
  const salt = randomBytes(16)
  const derived = passphrase ? await argon2idAsync(passphrase, salt, { ...ARGON, dkLen: 80 }) : new Uint8Array(80)
  const macKey = passphrase ? derived.subarray(48) : ''
  const mac = createHmac('sha256', macKey)
    .update(Buffer.concat([key.type, encryption, comment, publicBlob, secret].map(string)))
    .digest('hex')
  return [
    `PuTTY-User-Key-File-3: ${key.type}`,
    `Encryption: ${encryption}`,
    `Comment: ${comment}`,
    ...lines('Public', publicBlob),
    ...(passphrase
      ? [
          'Key-Derivation: Argon2id',
          `Argon2-Memory: ${ARGON.m}`,
          `Argon2-Passes: ${ARGON.t}`,
          `Argon2-Parallelism: ${ARGON.p}`,
          `Argon2-Salt: ${salt.toString('hex')}`,
        ]
      : []),
    ...lines('Private', passphrase ? encrypt(secret, derived) : secret),
    `Private-MAC: ${mac}`,
    '',
  ].join('\n')
}

/** The fields that the public half does not have, in PuTTY's order. */
function secretOf({ type, privateFields }: KeyNumbers): Buffer {
  if (type === 'ssh-rsa') {
    const [, , d, iqmp, p, q] = privateFields
    return Buffer.concat([d, p, q, iqmp].map((field) => field ?? Buffer.alloc(0)))
  }
  const seedAndPoint = readWire(privateFields[1] ?? Buffer.alloc(0)).string()
  return string(seedAndPoint.subarray(0, 32))
}

/** With bytes of its own hash, as PuTTY does, so that the padding tells nothing. */
function padded(secret: Buffer): Buffer {
  const missing = (16 - (secret.length % 16)) % 16
  return Buffer.concat([secret, createHash('sha1').update(secret).digest().subarray(0, missing)])
}

function encrypt(secret: Buffer, derived: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48)).setAutoPadding(false)
  return Buffer.concat([cipher.update(secret), cipher.final()])
}

function lines(name: 'Public' | 'Private', bytes: Buffer): readonly string[] {
  const text = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`${name}-Lines: ${text.length}`, ...text]
}
