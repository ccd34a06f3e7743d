import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import ssh2 from 'ssh2'
import { ed25519KeyFile, publicBlob, publicKeyLine } from './host-keys.ts'

/** A login key. Its private half is in a file only if the person is meant to have it. */
export interface LoginKey {
  readonly name: string
  readonly type: 'rsa' | 'ed25519'
  readonly privateText: string
  readonly blob: Buffer
  /** The person has its file. */
  readonly owned: boolean
}
/** EC2's key pairs are regional: the same key is `created` in one region and `imported` into others. */
export interface KeyPair {
  readonly id: string
  readonly region: string
  readonly name: string
  readonly type: 'rsa' | 'ed25519'
  readonly fingerprint: string
  readonly publicKey: string
  readonly createdAt: Date
}

/** New at every start: whoever has one of these gets a shell on this computer. */
export async function createLoginKeys(): Promise<readonly LoginKey[]> {
  return [createEd25519('practice', true), await createRsa('practice-rsa', true), await createRsa('partner-2023', false)]
}

const pairRegions: Readonly<Record<string, { readonly created: string; readonly imported: readonly string[] }>> = {
  practice: { created: 'us-east-1', imported: ['eu-west-1', 'sa-east-1'] },
  'practice-rsa': { created: 'us-east-1', imported: ['eu-west-1', 'sa-east-1'] },
  'partner-2023': { created: 'eu-west-1', imported: [] },
}

export function createKeyPairs(keys: readonly LoginKey[]): readonly KeyPair[] {
  return keys.flatMap((key) => {
    const regions = pairRegions[key.name]
    if (!regions) return []
    return [regions.created, ...regions.imported].map((region) => ({
      id: `key-0${randomBytes(8).toString('hex')}`,
      region,
      name: key.name,
      type: key.type,
      fingerprint: fingerprint(key, region === regions.created),
      publicKey: publicKeyLine(key.blob, key.name),
      createdAt: new Date(Date.UTC(2023, 2, 14, 9, 30, 12)),
    }))
  })
}

/**
 * As DescribeKeyPairs gives it (EC2 User Guide, "Verify the fingerprint of your key pair"): RSA made by EC2 is the SHA-1 of the
 * private key in PKCS#8 DER, imported RSA the MD5 of the public key in DER, ED25519 always the SHA-256 of the SSH blob, padded.
 */
function fingerprint(key: LoginKey, created: boolean): string {
  if (key.type === 'ed25519') return createHash('sha256').update(key.blob).digest('base64')
  const rsa = createPrivateKey(key.privateText)
  if (created) return colons(createHash('sha1').update(rsa.export({ type: 'pkcs8', format: 'der' })))
  return colons(createHash('md5').update(createPublicKey(rsa).export({ type: 'spki', format: 'der' })))
}

/** The same of a public half alone. */
export function importedFingerprint(type: KeyPair['type'], blob: Buffer): string {
  if (type === 'ed25519') return createHash('sha256').update(blob).digest('base64')
  const parsed = ssh2.utils.parseKey(`ssh-rsa ${blob.toString('base64')}`)
  const pem = parsed instanceof Error ? '' : parsed.getPublicPEM()
  return colons(createHash('md5').update(createPublicKey(pem).export({ type: 'spki', format: 'der' })))
}

function colons(hash: ReturnType<typeof createHash>): string {
  return hash.digest('hex').replace(/..(?!$)/g, '$&:')
}

function createEd25519(name: string, owned: boolean): LoginKey {
  const privateText = ed25519KeyFile(randomBytes(32), name)
  return { name, type: 'ed25519', privateText, blob: publicBlob(privateText), owned }
}

async function createRsa(name: string, owned: boolean): Promise<LoginKey> {
  const key = await new Promise<KeyObject>((resolve, reject) =>
    generateKeyPair('rsa', { modulusLength: 2048 }, (error, _publicKey, privateKey) => (error ? reject(error) : resolve(privateKey))),
  )
  const privateText = key.export({ type: 'pkcs1', format: 'pem' }).toString()
  return { name, type: 'rsa', privateText, blob: publicBlob(privateText), owned }
}
