import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import type { VaultState } from '../../contract/models/app.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { openStore, type Store } from '../store/store.ts'
import { UserError } from '../user-error.ts'
import { keychainKey, newPasswordKey, passwordKey, type SealedBox, type SealKey, seal, sealedBox, unseal } from './seal.ts'

/** Secrets by name: `aws/<profile>`, `key/<id>`, `passphrase/<fingerprint>`, `password/<user@host:port>`. */
export interface Vault {
  readonly state: ReadonlyState<VaultState>
  /** What was wrong with the file at start: STORE_DAMAGED. */
  readonly problem: UserErrorData | undefined
  /** Throws UserError VAULT_LOCKED, as `put` and `forget` do. */
  get(name: string): Promise<string | undefined>
  put(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>
  /** None while locked: the names are sealed as well. */
  names(prefix: string): Promise<string[]>
  /** A vault under a master password, where there is none yet; what memory holds goes in. */
  create(password: string): Promise<void>
  /** Throws UserError VAULT_WRONG_PASSWORD, or STORE_DAMAGED and goes on with an empty vault. */
  unlock(password: string): Promise<void>
  lock(): void
}

const FILE = 'vault'
const stored = z.object({ box: sealedBox.optional() })
const content = z.record(z.string(), z.string())
type Opened = { readonly key: SealKey | undefined; readonly secrets: Map<string, string> }

/** `key`: 32 bytes from the system's keychain. Without it a master password seals, and before there is one, memory holds. */
export async function openVault(options: { folder: string; key?: Uint8Array }): Promise<Vault> {
  const store = openStore<z.infer<typeof stored>>({ folder: options.folder, name: FILE, schema: stored, defaults: {} })
  const systemKey = options.key ? keychainKey(options.key) : undefined
  let { problem } = store
  let opened = openAtStart()
  const state = createState<VaultState>(describe())

  function openAtStart(): Opened | undefined {
    const { box } = store.state.value
    if (box?.kind === 'password') return undefined
    // Another key than this host's sealed it: it stays as it is, and this run has only memory.
    if (!box || !systemKey) return { key: systemKey, secrets: new Map() }
    try {
      return { key: systemKey, secrets: open(systemKey, box) }
    } catch (cause) {
      problem = setAside(options.folder, store, cause).data
      return { key: systemKey, secrets: new Map() }
    }
  }
  function describe(): VaultState {
    if (!opened) return { kind: 'locked', secrets: 0 }
    const secrets = opened.secrets.size
    if (opened.key) return { kind: opened.key.header.kind === 'keychain' ? 'keychain' : 'open', secrets }
    return { kind: store.state.value.box ? 'memory' : 'absent', secrets }
  }
  function unlocked(): Opened {
    if (!opened) throw new UserError('VAULT_LOCKED', {})
    return opened
  }
  function save({ key, secrets }: Opened) {
    if (key) store.state.set({ box: seal(key, JSON.stringify(Object.fromEntries(secrets))) })
    opened = { key, secrets }
    state.set(describe())
  }

  return {
    state,
    get problem() {
      return problem
    },
    async get(name) {
      return unlocked().secrets.get(name)
    },
    async put(name, value) {
      const { key, secrets } = unlocked()
      save({ key, secrets: new Map(secrets).set(name, value) })
    },
    async forget(name) {
      const { key, secrets } = unlocked()
      const left = new Map(secrets)
      if (left.delete(name)) save({ key, secrets: left })
    },
    async names(prefix) {
      return [...(opened?.secrets.keys() ?? [])].filter((name) => name.startsWith(prefix))
    },
    async create(password) {
      const key = await newPasswordKey(password)
      if (state.value.kind !== 'absent') throw new UserError('INVALID_INPUT', { field: 'password', problem: 'vault-exists' })
      save({ key, secrets: unlocked().secrets })
    },
    async unlock(password) {
      const { box } = store.state.value
      if (opened || box?.kind !== 'password') return
      const key = await passwordKey(password, box)
      if (!key) throw new UserError('VAULT_WRONG_PASSWORD', {})
      try {
        opened = { key, secrets: open(key, box) }
      } catch (cause) {
        opened = { key: undefined, secrets: new Map() }
        throw setAside(options.folder, store, cause)
      } finally {
        state.set(describe())
      }
    },
    lock() {
      if (state.value.kind !== 'open') return
      opened = undefined
      state.set(describe())
    },
  }
}

function open(key: SealKey, box: SealedBox): Map<string, string> {
  return new Map(Object.entries(content.parse(JSON.parse(unseal(key, box)))))
}

/** What its own key does not open is kept beside, for whoever can, and an empty vault takes its place. */
function setAside(folder: string, store: Store<z.infer<typeof stored>>, cause: unknown): UserError {
  const keptAs = `${FILE}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`
  renameSync(join(folder, `${FILE}.json`), join(folder, keptAs))
  store.state.set({})
  return new UserError('STORE_DAMAGED', { name: FILE, keptAs, recovered: false }, { cause })
}
