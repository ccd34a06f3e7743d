import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import type { VaultState } from '../../contract/models/app.ts'
import type { Settings } from '../../contract/models/settings.ts'
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
  /** A vault under a master password, where there is none yet or the keychain's takes no other; what was held goes in. */
  create(password: string): Promise<void>
  /** Throws UserError VAULT_WRONG_PASSWORD, or STORE_DAMAGED and goes on with an empty vault. */
  unlock(password: string): Promise<void>
  lock(): void
  /** Throws VAULT_LOCKED, and VAULT_WRONG_PASSWORD when `current` is not the one. */
  changePassword(current: string, password: string): Promise<void>
  /** From a master password to the system's keychain. Throws VAULT_LOCKED; does nothing where there is no keychain. */
  useKeychain(): void
  /** All secrets, whatever sealed them, and every older copy of them. */
  forgetAll(): void
}

const FILE = 'vault'
const stored = z.object({ box: sealedBox.optional() })
const content = z.record(z.string(), z.string())
type Opened = { readonly key: SealKey | undefined; readonly secrets: Map<string, string> }

/** `key`: 32 bytes from the system's keychain. Without it a master password seals, and before there is one, memory holds. */
export async function openVault(options: {
  folder: string
  key?: Uint8Array
  settings?: ReadonlyState<Pick<Settings, 'vaultLockMinutes'>>
}): Promise<Vault> {
  const store = openStore<z.infer<typeof stored>>({ folder: options.folder, name: FILE, schema: stored, defaults: {} })
  const systemKey = options.key ? keychainKey(options.key) : undefined
  let { problem } = store
  let opened = openAtStart()
  const state = createState<VaultState>(describe())
  const { touch } = lockWhenIdle(options.settings, lock)

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
    if (opened.key?.header.kind === 'keychain') return { kind: 'keychain', secrets }
    if (opened.key) return { kind: 'open', secrets, ...(systemKey ? { keychain: true as const } : {}) }
    return { kind: store.state.value.box ? 'memory' : 'absent', secrets }
  }
  function unlocked(): Opened {
    if (!opened) throw new UserError('VAULT_LOCKED', {})
    touch()
    return opened
  }
  function save({ key, secrets }: Opened) {
    if (key) store.state.set({ box: seal(key, JSON.stringify(Object.fromEntries(secrets))) })
    opened = { key, secrets }
    state.set(describe())
  }

  function lock() {
    if (state.value.kind !== 'open') return
    opened = undefined
    state.set(describe())
  }

  return {
    state,
    lock,
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
      if (state.value.kind !== 'absent' && state.value.kind !== 'keychain')
        throw new UserError('INVALID_INPUT', { field: 'password', problem: 'vault-exists' })
      save({ key, secrets: unlocked().secrets })
    },
    async unlock(password) {
      const { box } = store.state.value
      if (opened || box?.kind !== 'password') return
      const key = await passwordKey(password, box)
      if (!key) throw new UserError('VAULT_WRONG_PASSWORD', {})
      try {
        opened = { key, secrets: open(key, box) }
        touch()
      } catch (cause) {
        opened = { key: undefined, secrets: new Map() }
        throw setAside(options.folder, store, cause)
      } finally {
        state.set(describe())
      }
    },
    async changePassword(current, password) {
      unlocked()
      const { box } = store.state.value
      if (box?.kind !== 'password' || !(await passwordKey(current, box))) throw new UserError('VAULT_WRONG_PASSWORD', {})
      const key = await newPasswordKey(password)
      save({ key, secrets: unlocked().secrets })
    },
    useKeychain() {
      const { secrets } = unlocked()
      if (systemKey) save({ key: systemKey, secrets })
    },
    forgetAll() {
      store.state.set({})
      for (const name of readdirSync(options.folder)) if (name.startsWith(`${FILE}.damaged-`)) rmSync(join(options.folder, name))
      opened = { key: systemKey, secrets: new Map() }
      state.set(describe())
    },
  }
}

function open(key: SealKey, box: SealedBox): Map<string, string> {
  return new Map(Object.entries(content.parse(JSON.parse(unseal(key, box)))))
}

/** Locks once nobody has used it for as long as the settings say; `touch` is a use. */
function lockWhenIdle(settings: ReadonlyState<Pick<Settings, 'vaultLockMinutes'>> | undefined, lock: () => void) {
  let timer: NodeJS.Timeout | undefined
  function touch() {
    clearTimeout(timer)
    const minutes = settings?.value.vaultLockMinutes ?? 0
    timer = minutes > 0 ? setTimeout(lock, minutes * 60_000).unref() : undefined
  }
  let before = settings?.value.vaultLockMinutes
  settings?.subscribe(({ vaultLockMinutes }) => {
    if (vaultLockMinutes !== before) touch()
    before = vaultLockMinutes
  })
  return { touch }
}

/** What its own key does not open is kept beside, for whoever can, and an empty vault takes its place. */
function setAside(folder: string, store: Store<z.infer<typeof stored>>, cause: unknown): UserError {
  const keptAs = `${FILE}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`
  renameSync(join(folder, `${FILE}.json`), join(folder, keptAs))
  store.state.set({})
  return new UserError('STORE_DAMAGED', { name: FILE, keptAs, recovered: false }, { cause })
}
