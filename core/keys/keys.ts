import { randomUUID } from 'node:crypto'
import type { ParsedKey } from 'ssh2'
import type { Settings } from '../../contract/models/settings.ts'
import type { CoreHost } from '../host.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Vault } from '../secrets/vault.ts'
import { agentPaths, findAgent } from '../ssh/agent.ts'
import { type Certificate, findCertificates } from '../ssh/certificate.ts'
import { plainText } from '../ssh/login/server-text.ts'
import type { Sign } from '../ssh/login/signature.ts'
import type { State } from '../state.ts'
import { UserError } from '../user-error.ts'
import {
  certificatesBeside,
  certificatesFor,
  certificatesIn,
  certificatesInAgent,
  createPastedCertificates,
  describeCertificates,
  type KnownCertificate,
} from './certificates.ts'
import { looseAcl, looseMode, restrictToOwner } from './file-access.ts'
import { sha256Fingerprint } from './fingerprints.ts'
import { type Identity, identityOf, identityOfAgentKey, readKeyFile } from './identity.ts'
import { createKeyFiles, versionOf } from './key-files.ts'
import type { KeyFile } from './key-places.ts'
import { makeKey, type NewKey } from './make-key.ts'
import { readPrivateKey } from './private-key.ts'
import { createUnlocking, type LoadOptions } from './unlock.ts'
import { forgetVaultKey, isVaultKeyId, putVaultKey, vaultKey, vaultKeys } from './vault-keys.ts'

export type { Identity } from './identity.ts'

/** A key that can sign. */
export interface LoadedKey {
  readonly id: string
  readonly label: string
  readonly type: string
  /** `SHA256:…` */
  readonly fingerprint: string
  readonly blob: Buffer
  /** What signs. Absent where an agent does, and where the key is kept from whoever has this. */
  readonly parsed?: ParsedKey | undefined
  /** Signs in the place of `parsed`. */
  readonly sign?: Sign | undefined
  /** Socket or pipe of the agent that holds it. */
  readonly agent?: string | undefined
}

export interface Keys {
  /** Every private key of this computer, read as far as that goes without a passphrase. */
  list(): Promise<readonly Identity[]>
  /** Throws UserError NOT_FOUND, KEY_UNREADABLE, KEY_PASSPHRASE_WRONG, VAULT_LOCKED, CANCELLED. */
  load(keyId: string, options: LoadOptions): Promise<LoadedKey>
  /** A file or a folder; `~` is the home folder. Gives the ids of the keys in it. Throws UserError KEY_UNREADABLE, INVALID_INPUT. */
  addPath(path: string): Promise<string[]>
  /** Into the vault; a certificate goes with its key. Throws UserError KEY_UNREADABLE, CERTIFICATE_WITHOUT_KEY. */
  import(label: string, text: string): Promise<string>
  /** A new pair in `~/.ssh`. Throws UserError INVALID_INPUT, STORE_NOT_WRITABLE. */
  generate(key: NewKey): Promise<{ path: string; publicKey: string }>
  /** A line for authorized_keys. Throws UserError NOT_FOUND, also where an encrypted file hides it. */
  publicKey(keyId: string): Promise<string>
  /** A file or folder (by a key's id, or a folder's path) is no longer looked at; a vault's key is gone. */
  forget(keyId: string): Promise<void>
  /** One that was pasted, by its fingerprint. */
  forgetCertificate(id: string): void
  fixMode(keyId: string): Promise<void>
  setPracticeFolder(folder: string | undefined): void
}

export interface KeysOptions {
  readonly host: Pick<CoreHost, 'homeFolder' | 'environment'>
  readonly settings: State<Settings>
  readonly vault: Vault
  readonly prompts: Prompts
  readonly log: Log
}

export function createKeys({ host, settings, vault, prompts, log }: KeysOptions): Keys {
  const files = createKeyFiles(host.homeFolder, settings)
  const unlocking = createUnlocking(prompts, vault)
  const pasted = createPastedCertificates(settings)
  /** The person was asked about its mode. */
  const modeAccepted = new Set<string>()

  async function loadFile(file: KeyFile, options: LoadOptions): Promise<LoadedKey> {
    const { id, label, path, source } = file
    const key = readPrivateKey(await readKeyFile(file), label)
    await offerToFixMode(file, options)
    const identity = await files.identity(file)
    const parsed = await unlocking.unlock(versionOf(file), key, { keyId: id, label, fingerprint: identity?.key.fingerprint, ...options })
    if (!identity?.publicKey)
      files.rememberIdentity(file, await identityOf({ id, label, path, source }, key, async () => parsed.getPublicSSH()))
    return loaded(id, label, parsed)
  }

  async function offerToFixMode(file: KeyFile, options: LoadOptions): Promise<void> {
    const mode = process.platform === 'win32' ? await looseAcl(file.path) : looseMode(file.mode)
    if (!mode || modeAccepted.has(file.id)) return
    const answer = await prompts.ask({ kind: 'fix-key-mode', label: file.label, mode }, options)
    // Some file systems keep no modes: then the offer, once made, is not made again.
    modeAccepted.add(file.id)
    if (answer.kind === 'yes') await restrict(file).catch((error) => log.warn({ err: error }, 'key file not restricted'))
  }

  async function loadFromVault(keyId: string, options: LoadOptions): Promise<LoadedKey> {
    const { id, label, text } = await vaultKey(vault, keyId)
    const key = readPrivateKey(Buffer.from(text), label)
    const fingerprint = key.publicBlob && sha256Fingerprint(key.publicBlob)
    return loaded(id, label, await unlocking.unlock(id, key, { keyId: id, label, fingerprint, ...options }))
  }

  async function loadFromAgent(keyId: string): Promise<LoadedKey> {
    const agent = await findAgent(agentPaths(host))
    const held = agent?.keys.find((key) => identityOfAgentKey(key).key.id === keyId)
    if (!agent || !held) throw new UserError('NOT_FOUND', { what: 'key' })
    const { type, blob } = held
    const { label } = identityOfAgentKey(held).key
    return { id: keyId, label, type, fingerprint: sha256Fingerprint(blob), blob, agent: agent.path }
  }

  async function list(): Promise<readonly Identity[]> {
    const [fromFiles, fromVault, agent] = await Promise.all([
      files.all().then((found) => Promise.all(found.map(files.identity))),
      vaultKeys(vault).then((stored) => Promise.all(stored.map(identityInVault))),
      findAgent(agentPaths(host)),
    ])
    const all = [...fromFiles, ...fromVault, ...(agent?.keys.map(identityOfAgentKey) ?? [])]
    const beside = await certificatesBeside(await files.all())
    const known = [...beside, ...pasted.list(), ...certificatesInAgent(agent?.keys ?? [])]
    return all.flatMap((identity) => (identity ? withCertificates(identity, known) : []))
  }

  /** They go with the keys that they are for, wherever those are. Gives the first one's. Throws UserError CERTIFICATE_WITHOUT_KEY. */
  async function keepCertificates(certificates: readonly Certificate[]): Promise<string> {
    const identities = await list()
    const keyOf = ({ publicKey }: Certificate) => identities.find((identity) => identity.publicKey?.blob.equals(publicKey.blob))?.key.id
    const found = certificates.map(keyOf).find((id) => id !== undefined)
    const [first] = certificates
    if (found === undefined && first) {
      const fingerprint = sha256Fingerprint(first.publicKey.blob)
      throw new UserError('CERTIFICATE_WITHOUT_KEY', { name: plainText(first.name, 200), fingerprint })
    }
    for (const certificate of certificates) if (keyOf(certificate)) pasted.add(certificate)
    return found ?? ''
  }

  return {
    list,
    async load(keyId, options) {
      if (isVaultKeyId(keyId)) return loadFromVault(keyId, options)
      const file = await files.byId(keyId)
      return file ? loadFile(file, options) : loadFromAgent(keyId)
    },
    async addPath(path) {
      const certificates = await certificatesIn(files.resolve(path))
      if (certificates.length > 0) return [await keepCertificates(certificates)]
      const added = await files.add(path)
      const identities = await Promise.all(added.map(files.identity))
      return identities.flatMap((identity) => (identity ? [identity.key.id] : []))
    },
    async import(label, text) {
      const certificates = findCertificates(text)
      const alone = certificates.length > 0 && !text.includes('PRIVATE KEY-----')
      if (alone) return keepCertificates(certificates)
      readPrivateKey(Buffer.from(text), label)
      for (const certificate of certificates) pasted.add(certificate)
      return putVaultKey(vault, { id: `vault-${randomUUID()}`, label, text })
    },
    forgetCertificate: pasted.forget,
    generate: (key) => makeKey(host.homeFolder, key),
    async publicKey(keyId) {
      const found = (await list()).find(({ key }) => key.id === keyId)
      if (!found?.publicKey) throw new UserError('NOT_FOUND', { what: 'key' })
      const { type, blob } = found.publicKey
      return [type, blob.toString('base64'), plainText(found.key.comment || found.key.label, 200).replace(/\s+/g, ' ')].join(' ')
    },
    forget: (keyId) => (isVaultKeyId(keyId) ? forgetVaultKey(vault, keyId) : files.forget(keyId)),
    async fixMode(keyId) {
      const file = await files.byId(keyId)
      if (!file) throw new UserError('NOT_FOUND', { what: 'key' })
      await restrict(file)
    },
    setPracticeFolder: files.setPracticeFolder,
  }
}

async function restrict({ path, label }: KeyFile): Promise<void> {
  try {
    await restrictToOwner(path)
  } catch (cause) {
    throw new UserError('KEY_UNREADABLE', { label, problem: 'no-permission' }, { cause })
  }
}

function withCertificates(identity: Identity, known: readonly KnownCertificate[]): Identity {
  const own = certificatesFor(identity.publicKey?.blob, known)
  if (own.length === 0) return identity
  const certificates = own.map(({ certificate }) => certificate)
  return { ...identity, key: { ...identity.key, certificates: describeCertificates(own) }, certificates }
}

function identityInVault({ id, label, text }: { id: string; label: string; text: string }): Promise<Identity> {
  return identityOf({ id, label, source: 'vault' }, readPrivateKey(Buffer.from(text), label))
}

function loaded(id: string, label: string, parsed: ParsedKey): LoadedKey {
  const blob = parsed.getPublicSSH()
  return { id, label, type: parsed.type, fingerprint: sha256Fingerprint(blob), blob, parsed }
}
