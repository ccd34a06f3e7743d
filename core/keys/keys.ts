import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { isAbsolute, join, normalize } from 'node:path'
import type { ParsedKey } from 'ssh2'
import type { Settings } from '../../contract/models/settings.ts'
import type { CoreHost } from '../host.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Vault } from '../secrets/vault.ts'
import { agentPaths, findAgent } from '../ssh/agent.ts'
import type { State } from '../state.ts'
import { UserError } from '../user-error.ts'
import { looseAcl, looseMode, restrictToOwner } from './file-access.ts'
import { sha256Fingerprint } from './fingerprints.ts'
import { type Identity, identityOf, identityOfAgentKey, identityOfFile, readKeyFile } from './identity.ts'
import { filesInFolder, type KeyFile, type KeyFolder, keyFile } from './key-places.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'
import { unlockWithPassphrase } from './unlock.ts'
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
  /** What ssh2 takes. Only its public half where an agent signs. */
  readonly parsed: ParsedKey
  /** Socket or pipe of the agent that holds it. */
  readonly agent?: string | undefined
}

export interface LoadOptions {
  readonly terminalId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Keys {
  /** Every private key of this computer, read as far as that goes without a passphrase. */
  list(): Promise<readonly Identity[]>
  /** Throws UserError NOT_FOUND, KEY_UNREADABLE, KEY_PASSPHRASE_WRONG, CANCELLED. */
  load(keyId: string, options: LoadOptions): Promise<LoadedKey>
  /** A file or a folder; `~` is the home folder. Gives the ids of the keys in it. Throws UserError KEY_UNREADABLE, INVALID_INPUT. */
  addPath(path: string): Promise<string[]>
  /** Into the vault. Throws UserError KEY_UNREADABLE. */
  import(label: string, text: string): Promise<string>
  /** A file or folder by its key's id (or a folder's path) is no longer looked at; a vault's key is gone. */
  forget(keyId: string): Promise<void>
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
  const identities = new Map<string, Identity | undefined>()
  /** Unlocked by a passphrase in this run: asked once. */
  const unlocked = new Map<string, ParsedKey>()
  const unlocking = new Map<string, Promise<unknown>>()
  /** The person was asked about its mode and said no. */
  const modeAccepted = new Set<string>()
  let practiceFolder: string | undefined

  function folders(): readonly KeyFolder[] {
    return [
      { path: join(host.homeFolder, '.ssh'), source: 'ssh-folder' },
      ...settings.value.keyFolders.map((path): KeyFolder => ({ path, source: 'folder' })),
      ...(practiceFolder ? [{ path: practiceFolder, source: 'practice' } satisfies KeyFolder] : []),
    ]
  }

  async function files(): Promise<readonly KeyFile[]> {
    const named = settings.value.keyFiles.map((path) => keyFile(path, 'file'))
    const found = [...(await Promise.all(named)), ...(await Promise.all(folders().map(filesInFolder))).flat()]
    const byPath = new Map(found.flatMap((file) => (file ? [[file.path, file]] : [])))
    return [...byPath.values()]
  }

  async function fileIdentity(file: KeyFile): Promise<Identity | undefined> {
    const version = versionOf(file)
    if (!identities.has(version)) identities.set(version, await identityOfFile(file))
    return identities.get(version)
  }

  async function fileById(keyId: string): Promise<KeyFile | undefined> {
    return (await files()).find((file) => file.id === keyId)
  }

  async function list(): Promise<readonly Identity[]> {
    const [fromFiles, fromVault, agent] = await Promise.all([
      files().then((found) => Promise.all(found.map(fileIdentity))),
      vaultKeys(vault).then((stored) =>
        Promise.all(
          stored.map(({ id, label, text }) => identityOf({ id, label, source: 'vault' }, readPrivateKey(Buffer.from(text), label))),
        ),
      ),
      findAgent(agentPaths(host.environment)),
    ])
    return [...fromFiles, ...fromVault, ...(agent?.keys.map(identityOfAgentKey) ?? [])].filter((identity) => identity !== undefined)
  }

  async function unlock(version: string, key: PrivateKey, identity: Identity, options: LoadOptions): Promise<ParsedKey> {
    if (!key.encrypted) return (await key.unlock()) as ParsedKey
    const { id, label, fingerprint } = identity.key
    // Two tabs that need the same key ask one question; the second asks its own only if the first got no answer.
    for (let other = unlocking.get(version); other; other = unlocking.get(version)) await other.catch(() => undefined)
    const known = unlocked.get(version)
    if (known) return known
    const asking = unlockWithPassphrase(key, { keyId: id, label, fingerprint, ...options }, prompts, vault)
    unlocking.set(version, asking)
    try {
      const parsed = await asking
      unlocked.set(version, parsed)
      return parsed
    } finally {
      unlocking.delete(version)
    }
  }

  async function offerToFixMode(file: KeyFile, options: LoadOptions): Promise<void> {
    const mode = process.platform === 'win32' ? await looseAcl(file.path) : looseMode(file.mode)
    if (!mode || modeAccepted.has(file.id)) return
    const answer = await prompts.ask({ kind: 'fix-key-mode', label: file.label, mode }, options)
    if (answer.kind === 'yes') await restrictToOwner(file.path)
    else modeAccepted.add(file.id)
  }

  async function loadFile(file: KeyFile, options: LoadOptions): Promise<LoadedKey> {
    const key = readPrivateKey(await readKeyFile(file), file.label)
    const identity = (await fileIdentity(file)) ?? {
      key: { id: file.id, label: file.label, source: file.source, encrypted: true },
      fingerprints: [],
    }
    await offerToFixMode(file, options)
    const parsed = await unlock(versionOf(file), key, identity, options)
    if (!identity.publicKey) await rememberPublicKey(file, key, parsed)
    return loaded(file.id, file.label, parsed)
  }

  /** An encrypted file that hides its public key has shown it now: it can be matched from here on. */
  async function rememberPublicKey(file: KeyFile, key: PrivateKey, parsed: ParsedKey): Promise<void> {
    const { id, label, path, source } = file
    const identity = await identityOf({ id, label, path, source }, key, async () => parsed.getPublicSSH())
    identities.set(versionOf(file), identity)
  }

  return {
    list,
    async load(keyId, options) {
      if (isVaultKeyId(keyId)) {
        const { id, label, text } = await vaultKey(vault, keyId)
        const key = readPrivateKey(Buffer.from(text), label)
        const identity = await identityOf({ id, label, source: 'vault' }, key)
        return loaded(id, label, await unlock(id, key, identity, options))
      }
      const file = await fileById(keyId)
      if (file) return loadFile(file, options)
      const agent = await findAgent(agentPaths(host.environment))
      for (const agentKey of agent?.keys ?? []) {
        const { key } = identityOfAgentKey(agentKey)
        if (key.id === keyId) return { ...loaded(keyId, key.label, agentKey.parsed), agent: agent?.path }
      }
      throw new UserError('NOT_FOUND', { what: 'key' })
    },
    async addPath(given) {
      const path = resolvePath(given, host.homeFolder)
      const found = await stat(path).catch(() => undefined)
      if (found?.isDirectory()) {
        settings.update((value) => (value.keyFolders.includes(path) ? value : { ...value, keyFolders: [...value.keyFolders, path] }))
        const inside = (await list()).filter(({ key }) => key.path?.startsWith(path))
        return inside.map(({ key }) => key.id)
      }
      const file = await keyFile(path, 'file')
      const label = path.split(/[\\/]/).at(-1) ?? path
      if (!file) throw new UserError('KEY_UNREADABLE', { label, problem: 'missing' })
      readPrivateKey(await readKeyFile(file), label)
      settings.update((value) => (value.keyFiles.includes(path) ? value : { ...value, keyFiles: [...value.keyFiles, path] }))
      return [file.id]
    },
    async import(label, text) {
      readPrivateKey(Buffer.from(text), label)
      return putVaultKey(vault, { id: `vault-${randomUUID()}`, label, text })
    },
    async forget(keyId) {
      if (isVaultKeyId(keyId)) return forgetVaultKey(vault, keyId)
      const file = await fileById(keyId)
      const path = file?.folder ?? file?.path ?? keyId
      const { keyFiles, keyFolders } = settings.value
      if (![...keyFiles, ...keyFolders].includes(path)) throw new UserError('NOT_FOUND', { what: 'key' })
      const others = (paths: readonly string[]) => paths.filter((other) => other !== path)
      settings.update((value) => ({ ...value, keyFiles: others(value.keyFiles), keyFolders: others(value.keyFolders) }))
    },
    async fixMode(keyId) {
      const file = await fileById(keyId)
      if (!file) throw new UserError('NOT_FOUND', { what: 'key' })
      await restrictToOwner(file.path)
      log.info({ keyId }, 'key file restricted to its owner')
    },
    setPracticeFolder(folder) {
      practiceFolder = folder
    },
  }
}

function versionOf(file: KeyFile): string {
  return `${file.id} ${file.path} ${file.mtimeMs} ${file.size} ${file.mode}`
}

function loaded(id: string, label: string, parsed: ParsedKey): LoadedKey {
  const blob = parsed.getPublicSSH()
  return { id, label, type: parsed.type, fingerprint: sha256Fingerprint(blob), blob, parsed }
}

function resolvePath(given: string, home: string): string {
  const path = normalize(given.trim().replace(/^~(?=[\\/]|$)/, home))
  if (!isAbsolute(path)) throw new UserError('INVALID_INPUT', { field: 'path', problem: 'not-absolute' })
  return path.length > 1 ? path.replace(/[\\/]$/, '') : path
}
