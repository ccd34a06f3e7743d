import type { KeyMatch } from '../../contract/models/reach.ts'
import type { Identity } from '../keys/keys.ts'
import { UserError } from '../user-error.ts'
import type { ConsoleUser } from './console.ts'
import type { KeyPairFacts } from './instance-facts.ts'

export interface KeyFacts {
  /** The instance's key pair; absent: launched without one. */
  readonly keyName?: string | undefined
  /** Absent where AWS does not tell, or does not have it any more. */
  readonly pair?: KeyPairFacts | undefined
  readonly consoleUsers: readonly ConsoleUser[]
  /** Ids of what was chosen for this instance, and of what has opened this key pair before. */
  readonly chosen?: string | undefined
  readonly remembered?: string | undefined
  /** Of ~/.ssh/config, absolute. */
  readonly identityFiles: readonly string[]
}

/** Which of this computer's keys opens the instance, best evidence first. Pure. */
export function matchKey(facts: KeyFacts, identities: readonly Identity[]): KeyMatch {
  const { keyName, pair } = facts
  const wanted = pairFingerprint(pair)
  const printed = facts.consoleUsers.flatMap((user) => user.fingerprints)
  const pairBlob = blobOf(pair?.publicKey)
  const find = (test: (identity: Identity) => boolean) => identities.find(test)

  const ladder: readonly (readonly [Extract<KeyMatch, { kind: 'found' }>['reason'], Identity | undefined])[] = [
    ['choice', find(({ key }) => key.id === facts.chosen)],
    ['ssh-config', find(({ key }) => key.path !== undefined && facts.identityFiles.includes(key.path))],
    ['public-key', pairBlob && find(({ publicKey }) => publicKey?.blob.equals(pairBlob) ?? false)],
    ['fingerprint', wanted ? find(({ fingerprints }) => fingerprints.some((other) => comparable(other) === wanted)) : undefined],
    ['remembered', find(({ key }) => key.id === facts.remembered)],
    ['console', find(({ fingerprints }) => fingerprints.some((fingerprint) => printed.includes(fingerprint)))],
    ['file-name', keyName ? find((identity) => isNamed(identity, keyName) && !isKnownToDiffer(identity, pair)) : undefined],
    ['only-key', keyName && !pair && identities.length === 1 ? identities[0] : undefined],
  ]
  for (const [reason, identity] of ladder) {
    if (!identity) continue
    const { id, label, fingerprint = '' } = identity.key
    return { kind: 'found', keyId: id, label, fingerprint, reason, params: keyName ? { keyName } : {} }
  }
  return keyName ? { kind: 'missing', keyName } : { kind: 'none' }
}

/** "This file is key A, the instance wants key B": KEY_WRONG, where both are known and are not the same. */
export function wrongKey(identity: Identity, pair: KeyPairFacts | undefined): UserError | undefined {
  if (!pair || !isKnownToDiffer(identity, pair)) return undefined
  const { label, comment, fingerprint } = identity.key
  return new UserError('KEY_WRONG', { label, fileKey: comment || fingerprint || label, wantedKey: pair.name })
}

function isKnownToDiffer({ publicKey, fingerprints }: Identity, pair: KeyPairFacts | undefined): boolean {
  const pairBlob = blobOf(pair?.publicKey)
  if (pairBlob && publicKey) return !publicKey.blob.equals(pairBlob)
  // The fingerprint of an RSA pair that EC2 made needs the private key: while that is locked, nothing is known.
  const wanted = pairFingerprint(pair)
  const comparableHere = wanted !== undefined && publicKey !== undefined && !/^(?:..:){19}..$/.test(wanted)
  return comparableHere && !fingerprints.some((other) => comparable(other) === wanted)
}

function pairFingerprint(pair: KeyPairFacts | undefined): string | undefined {
  return pair?.fingerprint ? comparable(pair.fingerprint) : undefined
}

/** EC2 prints the SHA-256 of an ED25519 key with padding and without its prefix. */
function comparable(fingerprint: string): string {
  return /^(?:[0-9a-f]{2}:)+[0-9a-f]{2}$/i.test(fingerprint) ? fingerprint.toLowerCase() : fingerprint.replace(/^SHA256:|=+$/g, '')
}

function blobOf(publicKey: string | undefined): Buffer | undefined {
  const base64 = publicKey?.trim().split(/\s+/)[1]
  return base64 ? Buffer.from(base64, 'base64') : undefined
}

/** `course.pem` and `course` are named after the key pair `course`. */
function isNamed({ key }: Identity, keyName: string): boolean {
  const name = keyName.toLowerCase()
  return [key.label.toLowerCase(), key.label.toLowerCase().replace(/\.[a-z0-9]{1,4}$/, '')].includes(name)
}
