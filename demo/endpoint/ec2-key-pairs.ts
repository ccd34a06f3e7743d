import { newId } from '../machines/backups.ts'
import { importedFingerprint, type KeyPair } from '../machines/key-pairs.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { applyFilters, type Filterable, type Query } from './query.ts'

export function describeKeyPairs({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const present = fleet.keyPairs.filter((pair) => pair.region === region)
  const names = query.list('KeyName')
  const ids = query.list('KeyPairId')
  requireAll(names, (name) => present.some((pair) => pair.name === name), 'InvalidKeyPair.NotFound', 'key pair')
  requireAll(ids, (id) => present.some((pair) => pair.id === id), 'InvalidKeyPair.NotFound', 'key pair')
  const wanted = present.filter((pair) => (names.length === 0 && ids.length === 0) || names.includes(pair.name) || ids.includes(pair.id))
  return {
    keySet: applyFilters(wanted, query.filters(), filterable).map((pair) => ({
      keyPairId: pair.id,
      keyName: pair.name,
      keyType: pair.type,
      keyFingerprint: pair.fingerprint,
      publicKey: query.flag('IncludePublicKey') ? pair.publicKey : undefined,
      createTime: pair.createdAt,
      tagSet: [],
    })),
  }
}

/** The public half of a person's own key, as authorized_keys has it. */
export function importKeyPair({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const name = query.text('KeyName') ?? ''
  const text = Buffer.from(query.text('PublicKeyMaterial') ?? '', 'base64').toString()
  const [kind = '', base64 = ''] = text.trim().split(/\s+/)
  const type = kind === 'ssh-ed25519' ? 'ed25519' : kind === 'ssh-rsa' ? 'rsa' : undefined
  if (!type) throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format')
  if (fleet.keyPairs.some((pair) => pair.name === name && pair.region === region))
    throw new AwsError('InvalidKeyPair.Duplicate', 'The keypair already exists')
  if (query.flag('DryRun')) return {}
  const blob = Buffer.from(base64, 'base64')
  const pair: KeyPair = {
    id: newId('key'),
    region,
    name,
    type,
    fingerprint: importedFingerprint(type, blob),
    publicKey: `${kind} ${base64} ${name}`,
    createdAt: new Date(),
  }
  fleet.keyPairs = [...fleet.keyPairs, pair]
  fleet.loginKeys = [...fleet.loginKeys, { name, type, privateText: '', blob, owned: true }]
  return { keyPairId: pair.id, keyName: name, keyFingerprint: pair.fingerprint, tagSet: [] }
}

const filterable: Filterable<KeyPair> = {
  fields: { 'key-pair-id': (pair) => pair.id, 'key-name': (pair) => pair.name, fingerprint: (pair) => pair.fingerprint },
}

export function requireAll(wanted: readonly string[], exists: (name: string) => boolean, code: string, what: string) {
  const missing = wanted.filter((name) => !exists(name))
  if (missing.length > 0) throw new AwsError(code, `The ${what} '${missing.join(', ')}' does not exist`)
}
