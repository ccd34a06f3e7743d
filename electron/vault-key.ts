import { randomBytes } from 'node:crypto'
import { safeStorage } from 'electron'

/** Where the sealed key is kept, as base64. */
export interface SealedKeyStore {
  get(): string | undefined
  set(sealed: string): void
}

/**
 * The vault's key, sealed by the system's keychain and made at the first start. Undefined where there is no keychain, or where it
 * does not open what it sealed: the sealed key is then left alone, because a keychain that is locked today may open tomorrow.
 */
export async function openVaultKey(
  store: SealedKeyStore,
  platform: NodeJS.Platform = process.platform,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!(await hasKeychain(platform))) return undefined
  try {
    const sealed = store.get()
    if (sealed !== undefined) {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))
      return new Uint8Array(Buffer.from(result, 'base64'))
    }
    const key = randomBytes(32)
    store.set((await safeStorage.encryptStringAsync(key.toString('base64'))).toString('base64'))
    return new Uint8Array(key)
  } catch {
    return undefined
  }
}

async function hasKeychain(platform: NodeJS.Platform): Promise<boolean> {
  // `basic_text` seals with a password that is written in Chromium's sources.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false
  return safeStorage.isAsyncEncryptionAvailable()
}
