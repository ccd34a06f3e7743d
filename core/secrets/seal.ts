import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'

/** What lies on disk: how the key is made, and the names and secrets under AES-256-GCM. Binary parts in base64. */
const parts = { nonce: z.base64().max(64), tag: z.base64().max(64), data: z.base64() }
const keychainBox = z.object({ kind: z.literal('keychain'), ...parts })
const passwordBox = z.object({
  kind: z.literal('password'),
  salt: z.base64().max(256),
  /** Bounded, so that a damaged file cannot make us take all memory. */
  cost: z
    .int()
    .min(2)
    .max(2 ** 20),
  blockSize: z.int().min(1).max(16),
  parallelism: z.int().min(1).max(4),
  /** SHA-256 of the key's other half: tells a wrong password from a damaged file. */
  check: z.base64().max(64),
  ...parts,
})
export const sealedBox = z.discriminatedUnion('kind', [keychainBox, passwordBox])
export type SealedBox = z.infer<typeof sealedBox>
type PasswordParameters = Pick<z.infer<typeof passwordBox>, 'kind' | 'salt' | 'cost' | 'blockSize' | 'parallelism' | 'check'>

/** How to make a box like this again; the key never leaves memory. */
export type SealKey = { readonly bytes: Buffer; readonly header: { readonly kind: 'keychain' } | PasswordParameters }

const NONCE_BYTES = 12
const KEY_BYTES = 32
/** OWASP's first choice for scrypt: 128 MiB and about a third of a second. */
const SCRYPT = { cost: 2 ** 17, blockSize: 8, parallelism: 1 }

export function keychainKey(bytes: Uint8Array): SealKey {
  return { bytes: Buffer.from(bytes), header: { kind: 'keychain' } }
}

export async function newPasswordKey(password: string): Promise<SealKey> {
  const salt = randomBytes(32).toString('base64')
  const derived = await derive(password, { ...SCRYPT, salt })
  return { bytes: derived.key, header: passwordHeader({ ...SCRYPT, salt, check: derived.check.toString('base64') }) }
}

/** The key that `box` was sealed with, or undefined when the password is another one. */
export async function passwordKey(password: string, box: PasswordParameters): Promise<SealKey | undefined> {
  const derived = await derive(password, box)
  const expected = Buffer.from(box.check, 'base64')
  if (expected.length !== derived.check.length || !timingSafeEqual(expected, derived.check)) return undefined
  return { bytes: derived.key, header: passwordHeader(box) }
}

/** Always in this order, because the header is sealed along with the data as the text it makes. */
function passwordHeader({ salt, cost, blockSize, parallelism, check }: Omit<PasswordParameters, 'kind'>): PasswordParameters {
  return { kind: 'password', salt, cost, blockSize, parallelism, check }
}

export function seal(key: SealKey, text: string): SealedBox {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  cipher.setAAD(Buffer.from(JSON.stringify(key.header)))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return {
    ...key.header,
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** Throws when a single bit of the box or its header is not as it was sealed. */
export function unseal(key: SealKey, box: SealedBox): string {
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(box.nonce, 'base64'), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(JSON.stringify(key.header)))
  decipher.setAuthTag(Buffer.from(box.tag, 'base64'))
  return Buffer.concat([decipher.update(Buffer.from(box.data, 'base64')), decipher.final()]).toString('utf8')
}

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

async function derive(password: string, { salt, cost, blockSize, parallelism }: Omit<PasswordParameters, 'kind' | 'check'>) {
  // What scrypt needs, and some room that OpenSSL asks for besides.
  const maxmem = 128 * cost * blockSize + 128 * blockSize * parallelism + 1024 * 1024
  const options = { N: cost, r: blockSize, p: parallelism, maxmem }
  // The same password typed on another keyboard or system may be composed differently.
  const bytes = await scryptAsync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), 2 * KEY_BYTES, options)
  return { key: bytes.subarray(0, KEY_BYTES), check: createHash('sha256').update(bytes.subarray(KEY_BYTES)).digest() }
}
