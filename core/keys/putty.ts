import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { argon2dAsync, argon2iAsync, argon2idAsync } from '@noble/hashes/argon2.js'
import { readWire, string } from '../ssh/wire.ts'
import { ecdsaNumbers, ed25519Numbers, type KeyNumbers, rsaNumbers } from './openssh.ts'

/** PuTTY's own format, versions 2 and 3 (PuTTY manual, appendix C). */
export interface PuttyKey {
  readonly version: 2 | 3
  readonly type: string
  readonly encryption: string
  /** Its bytes as they stand in the file: the MAC covers them. */
  readonly comment: Buffer
  readonly publicBlob: Buffer
  readonly secret: Buffer
  readonly mac: Buffer
  readonly headers: ReadonlyMap<string, string>
}

/** `text` is the file's bytes as latin1. `undefined`: damaged. */
export function readPutty(text: string): PuttyKey | undefined {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimStart())
  const start = lines.findIndex((line) => line.startsWith('PuTTY-User-Key-File-'))
  const headers = new Map<string, string>()
  const blobs = new Map<string, Buffer>()
  for (let at = start; at >= 0 && at < lines.length; at++) {
    const [, name, value] = /^([\w-]+): ?(.*)$/.exec(lines[at] ?? '') ?? []
    if (name === undefined || value === undefined) continue
    headers.set(name, value)
    if (!name.endsWith('-Lines')) continue
    const count = Number(value)
    blobs.set(name, Buffer.from(lines.slice(at + 1, at + 1 + count).join(''), 'base64'))
    at += count
  }
  const version = headers.has('PuTTY-User-Key-File-3') ? 3 : headers.has('PuTTY-User-Key-File-2') ? 2 : undefined
  const type = headers.get(`PuTTY-User-Key-File-${version}`)?.trim()
  const encryption = headers.get('Encryption')?.trim()
  const publicBlob = blobs.get('Public-Lines')
  const secret = blobs.get('Private-Lines')
  const mac = Buffer.from(headers.get('Private-MAC')?.trim() ?? '', 'hex')
  if (!version || !type || !encryption || !publicBlob?.length || !secret?.length || mac.length === 0) return undefined
  return { version, type, encryption, comment: Buffer.from(headers.get('Comment') ?? '', 'latin1'), publicBlob, secret, mac, headers }
}

/** `undefined`: the passphrase is wrong, or the file was tampered with: the MAC cannot tell them apart. */
export async function unlockPutty(key: PuttyKey, passphrase: string): Promise<KeyNumbers | undefined> {
  const { cipherKey, iv, macKey } = await derive(key, key.encryption === 'none' ? '' : passphrase)
  const secret = key.encryption === 'none' ? key.secret : decrypt(key.secret, cipherKey, iv)
  if (!secret) return undefined
  const covered = Buffer.concat([string(key.type), string(key.encryption), string(key.comment), string(key.publicBlob), string(secret)])
  const mac = createHmac(key.version === 2 ? 'sha1' : 'sha256', macKey)
    .update(covered)
    .digest()
  if (mac.length !== key.mac.length || !timingSafeEqual(mac, key.mac)) return undefined
  return numbers(key, secret)
}

interface Derived {
  readonly cipherKey: Uint8Array
  readonly iv: Uint8Array
  readonly macKey: Uint8Array
}

async function derive(key: PuttyKey, passphrase: string): Promise<Derived> {
  if (key.version === 2) {
    const part = (counter: number) =>
      createHash('sha1')
        .update(Buffer.of(0, 0, 0, counter))
        .update(passphrase)
        .digest()
    const macKey = createHash('sha1').update('putty-private-key-file-mac-key').update(passphrase).digest()
    return { cipherKey: Buffer.concat([part(0), part(1)]).subarray(0, 32), iv: Buffer.alloc(16), macKey }
  }
  if (key.encryption === 'none') return { cipherKey: Buffer.alloc(0), iv: Buffer.alloc(0), macKey: Buffer.alloc(0) }
  const { flavour, m, t, p, salt } = argonOptions(key) ?? unsupported()
  const bytes = await flavour(passphrase, salt, { m, t, p, dkLen: 80 })
  return { cipherKey: bytes.subarray(0, 32), iv: bytes.subarray(32, 48), macKey: bytes.subarray(48) }
}

const FLAVOURS: Readonly<Record<string, typeof argon2idAsync>> = { Argon2id: argon2idAsync, Argon2i: argon2iAsync, Argon2d: argon2dAsync }

/** A file must not be able to take all memory or a day: PuTTY itself writes 8 MiB and some 20 passes. `undefined`: beyond that. */
export function argonOptions({ headers }: PuttyKey) {
  const flavour = FLAVOURS[headers.get('Key-Derivation')?.trim() ?? '']
  const m = Number(headers.get('Argon2-Memory'))
  const t = Number(headers.get('Argon2-Passes'))
  const p = Number(headers.get('Argon2-Parallelism'))
  const salt = Buffer.from(headers.get('Argon2-Salt')?.trim() ?? '', 'hex')
  const sane = m >= 8 && m <= 256 * 1024 && t >= 1 && m * t <= 8 * 1024 * 1024 && p >= 1 && p <= 64 && salt.length >= 8
  return flavour && sane ? { flavour, m, t, p, salt } : undefined
}

function unsupported(): never {
  throw new RangeError('Argon2 parameters out of bounds')
}

function decrypt(secret: Buffer, cipherKey: Uint8Array, iv: Uint8Array): Buffer | undefined {
  if (secret.length % 16 !== 0) return undefined
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv).setAutoPadding(false)
  return Buffer.concat([decipher.update(secret), decipher.final()])
}

function numbers(key: PuttyKey, secret: Buffer): KeyNumbers | undefined {
  const open = readWire(key.publicBlob)
  const closed = readWire(secret)
  open.string() // the type again
  if (key.type === 'ssh-rsa') {
    const [e, n] = [open.string(), open.string()]
    const [d, p, q, iqmp] = [closed.string(), closed.string(), closed.string(), closed.string()]
    return rsaNumbers(n, e, d, iqmp, p, q)
  }
  if (key.type === 'ssh-ed25519') return ed25519Numbers(open.string(), Buffer.from(closed.string()))
  if (key.type.startsWith('ecdsa-sha2-')) return ecdsaNumbers(open.string().toString('latin1'), open.string(), closed.string())
  return undefined
}
