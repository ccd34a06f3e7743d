import { readFile } from 'node:fs/promises'
import type { LocalKey } from '../../contract/models/key.ts'
import type { AgentKey } from '../ssh/agent.ts'
import type { Certificate } from '../ssh/certificate.ts'
import { blobType } from '../ssh/wire.ts'
import { isUserError, UserError } from '../user-error.ts'
import { looseMode } from './file-access.ts'
import { allFingerprints, describeBlob, sha256Fingerprint } from './fingerprints.ts'
import { fileKeyId, type KeyFile } from './key-places.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'
import { publicKeyBeside } from './public-key-file.ts'

export interface Identity {
  readonly key: LocalKey
  readonly publicKey?: { readonly type: string; readonly blob: Buffer }
  /** Of facts.md 4.2, all that can be computed. */
  readonly fingerprints: readonly string[]
  readonly certificates?: readonly Certificate[]
}

/** `undefined`: no private key. In a folder other files are no news; a file that the person named is listed with its problem. */
export async function identityOfFile(file: KeyFile): Promise<Identity | undefined> {
  const { id, label, path, source } = file
  const mode = looseMode(file.mode)
  const place = { id, label, path, source, ...(mode ? { mode } : {}) }
  try {
    const text = await readKeyFile(file)
    const identity = await identityOf(place, readPrivateKey(text, label), () => publicKeyBeside(path))
    return mode ? { ...identity, key: { ...identity.key, problem: 'mode' } } : identity
  } catch (error) {
    // A file whose numbers make no key must not take the others out of the list.
    const problem = listedProblem(isUserError(error, 'KEY_UNREADABLE') ? error.details.problem : 'damaged', file)
    return problem && { key: { ...place, encrypted: false, problem }, fingerprints: [] }
  }
}

/** Throws UserError KEY_UNREADABLE. */
export async function readKeyFile({ path, label }: Pick<KeyFile, 'path' | 'label'>): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UserError('KEY_UNREADABLE', { label, problem: missing ? 'missing' : 'no-permission' }, { cause })
  }
}

function listedProblem(problem: UserError<'KEY_UNREADABLE'>['details']['problem'], file: KeyFile): LocalKey['problem'] {
  if (problem === 'unsupported' || problem === 'damaged') return problem
  const namedByPerson = file.folder === undefined
  if (problem === 'no-permission') return namedByPerson || /^id_|\.(pem|ppk|key)$/.test(file.label) ? 'unreadable' : undefined
  return namedByPerson ? 'unreadable' : undefined
}

/** `publicKey` is asked for only where the private key hides it. Throws UserError KEY_UNREADABLE. */
export async function identityOf(
  place: Pick<LocalKey, 'id' | 'label' | 'path' | 'source'>,
  key: PrivateKey,
  publicKey: () => Promise<Buffer | undefined> = async () => undefined,
): Promise<Identity> {
  const unlocked = key.encrypted ? undefined : await key.unlock()
  const blob = unlocked?.getPublicSSH() ?? key.publicBlob ?? (await publicKey())
  const comment = unlocked?.comment || key.comment
  const described = { ...place, encrypted: key.encrypted, format: key.format, ...(comment ? { comment } : {}) }
  if (!blob) return { key: described, fingerprints: [] }
  return withPublicKey(described, blob, allFingerprints(blob, unlocked))
}

export function identityOfAgentKey({ blob, comment }: AgentKey): Identity {
  const label = comment || sha256Fingerprint(blob)
  const id = fileKeyId(sha256Fingerprint(blob)).replace('file-', 'agent-')
  return withPublicKey({ id, label, source: 'agent', format: 'agent', encrypted: false }, blob, allFingerprints(blob))
}

function withPublicKey(key: LocalKey, blob: Buffer, fingerprints: readonly string[]): Identity {
  const { type, bits } = describeBlob(blob)
  const fingerprint = sha256Fingerprint(blob)
  return { key: { ...key, type, ...(bits ? { bits } : {}), fingerprint }, publicKey: { type: blobType(blob), blob }, fingerprints }
}
