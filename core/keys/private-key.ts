import { createPrivateKey, type KeyObject } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'
import type { UserErrorDetails } from '../../contract/errors.ts'
import type { LocalKey } from '../../contract/models/key.ts'
import { UserError } from '../user-error.ts'
import { numbersOfJwk, type OpenSshHeader, readOpenSshHeader, writeOpenSsh } from './openssh.ts'
import { argonOptions, type PuttyKey, readPutty, unlockPutty } from './putty.ts'

export const MAX_KEY_BYTES = 64 * 1024

/** A private key file, as far as it can be read without its passphrase. */
export interface PrivateKey {
  readonly format: NonNullable<LocalKey['format']>
  readonly encrypted: boolean
  /** Stands in the clear in OpenSSH's and PuTTY's files, even in encrypted ones. */
  readonly publicBlob?: Buffer | undefined
  readonly comment?: string | undefined
  /** `undefined`: the passphrase is wrong. Throws UserError KEY_UNREADABLE. */
  unlock(passphrase?: string): Promise<ParsedKey | undefined>
}

/** Throws UserError KEY_UNREADABLE. */
export function readPrivateKey(file: Buffer, label: string): PrivateKey {
  const fail = (problem: UserErrorDetails['KEY_UNREADABLE']['problem']) => new UserError('KEY_UNREADABLE', { label, problem })
  if (file.length > MAX_KEY_BYTES) throw fail('too-large')
  const text = decode(file)
  if (text.includes('PuTTY-User-Key-File-')) {
    const putty = readPutty(text)
    if (!putty) throw fail('damaged')
    if (!isSupportedPutty(putty)) throw fail('unsupported')
    if (!parse(putty.publicBlob)) throw fail('damaged')
    return fromPutty(putty, () => fail('damaged'))
  }
  const block = findPem(text)
  if (!block) throw fail(looksPublic(text) ? 'public-key' : text.includes(' PRIVATE KEY-----') ? 'damaged' : 'not-a-key')
  if (block.label === 'OPENSSH') {
    const header = readOpenSshHeader(block.body)
    if (!header) throw fail('damaged')
    if (!isSupportedOpenSsh(header)) throw fail('unsupported')
    if (!parse(header.publicBlob)) throw fail('damaged')
    return fromOpenSsh(block, header, () => fail('damaged'))
  }
  const format = PEM_FORMATS[block.label]
  if (!format) throw fail('unsupported')
  return fromPem(block, format, fail)
}

/** Bytes as latin1, which keeps those of PuTTY's comments; Windows' editors like to save as UTF-16 or with a BOM. */
function decode(file: Buffer): string {
  if (file[0] === 0xff && file[1] === 0xfe) return Buffer.from(file.toString('utf16le')).toString('latin1').slice(3)
  return file.toString('latin1')
}

interface PemBlock {
  /** `RSA`, `EC`, `ENCRYPTED`, `OPENSSH`, or nothing (PKCS#8). */
  readonly label: string
  readonly headers: readonly string[]
  readonly body: Buffer
}

const PEM_FORMATS: Readonly<Record<string, PrivateKey['format']>> = { RSA: 'pkcs1', EC: 'sec1', '': 'pkcs8', ENCRYPTED: 'pkcs8' }

/** The first private key in the text: blanks, empty lines, certificates and whatever else stands around it do not matter. */
function findPem(text: string): PemBlock | undefined {
  const found = /-----BEGIN (?:(\w+) )?PRIVATE KEY-----([\s\S]*?)-----END (?:\w+ )?PRIVATE KEY-----/.exec(text)
  if (!found) return undefined
  const lines = (found[2] ?? '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
  const headers = lines.filter((line) => line.includes(':'))
  const base64 = lines.filter((line) => !line.includes(':')).join('')
  return { label: found[1] ?? '', headers, body: Buffer.from(base64, 'base64') }
}

function looksPublic(text: string): boolean {
  return /^\W*(ssh-|ecdsa-sha2-|sk-)[\w@.-]+ AAAA|BEGIN (RSA |SSH2 )?PUBLIC KEY/m.test(text)
}

function writePem({ label, headers, body }: PemBlock): string {
  const name = label ? `${label} PRIVATE KEY` : 'PRIVATE KEY'
  const lines = body.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${name}-----`, ...headers, ...(headers.length > 0 ? [''] : []), ...lines, `-----END ${name}-----`, ''].join('\n')
}

/** ssh2 gives an Error for whatever it cannot parse. */
function parse(text: string | Buffer, passphrase?: string): ParsedKey | undefined {
  const parsed = ssh2.utils.parseKey(text, passphrase)
  return parsed instanceof Error ? undefined : parsed
}

const KEY_TYPES = /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(256|384|521))$/
const OPENSSH_CIPHERS = /^(none|aes(128|192|256)-(ctr|cbc)|aes(128|256)-gcm@openssh\.com|3des-cbc)$/
/** ssh-keygen's own are 16 to 24; this many take half a minute without native code, and none of them can be interrupted. */
const MAX_BCRYPT_ROUNDS = 512

function isSupportedOpenSsh({ type, cipher, rounds }: OpenSshHeader): boolean {
  return KEY_TYPES.test(type) && OPENSSH_CIPHERS.test(cipher) && rounds <= MAX_BCRYPT_ROUNDS
}

function fromOpenSsh(block: PemBlock, { cipher, publicBlob }: OpenSshHeader, damaged: () => UserError): PrivateKey {
  const encrypted = cipher !== 'none'
  return {
    format: 'openssh',
    encrypted,
    publicBlob,
    async unlock(passphrase) {
      const parsed = parse(writePem(block), passphrase || undefined)
      if (!parsed && encrypted) return undefined
      // The part in the clear is what people and programs go by: it must be the same key.
      if (!parsed?.getPublicSSH().equals(publicBlob)) throw damaged()
      return parsed
    },
  }
}

function isSupportedPutty(key: PuttyKey): boolean {
  if (!KEY_TYPES.test(key.type) || !/^(none|aes256-cbc)$/.test(key.encryption)) return false
  return key.version === 2 || key.encryption === 'none' || argonOptions(key) !== undefined
}

function fromPutty(key: PuttyKey, damaged: () => UserError): PrivateKey {
  const encrypted = key.encryption !== 'none'
  return {
    format: key.version === 2 ? 'putty-2' : 'putty-3',
    encrypted,
    publicBlob: key.publicBlob,
    comment: key.comment.toString('utf8'),
    async unlock(passphrase = '') {
      const numbers = await unlockPutty(key, passphrase)
      if (!numbers && encrypted) return undefined
      const parsed = numbers && parse(writeOpenSsh(numbers))
      if (!parsed) throw damaged()
      return parsed
    },
  }
}

function fromPem(block: PemBlock, format: PrivateKey['format'], fail: (problem: 'unsupported' | 'damaged') => UserError): PrivateKey {
  const encrypted = block.label === 'ENCRYPTED' || block.headers.some((header) => /^DEK-Info:/i.test(header))
  return {
    format,
    encrypted,
    async unlock(passphrase) {
      let key: KeyObject
      try {
        key = createPrivateKey({ key: writePem(block), format: 'pem', passphrase: passphrase ?? '' })
      } catch {
        if (encrypted) return undefined
        throw fail('damaged')
      }
      const numbers = isSupportedPem(key) ? numbersOfJwk(key.export({ format: 'jwk' })) : undefined
      const parsed = numbers && parse(writeOpenSsh(numbers))
      if (!parsed) throw fail('unsupported')
      return parsed
    },
  }
}

/** Others have no form as JWK either, and asking for it throws. */
function isSupportedPem({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(asymmetricKeyDetails?.namedCurve ?? '')
  return asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ed25519'
}
