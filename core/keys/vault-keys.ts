import { z } from 'zod'
import type { Vault } from '../secrets/vault.ts'
import { UserError } from '../user-error.ts'

/** A dropped or pasted private key. `id` begins with `vault-`. */
export interface VaultKey {
  readonly id: string
  readonly label: string
  readonly text: string
}

const PREFIX = 'key/'
const stored = z.object({ label: z.string(), text: z.string() })

export function isVaultKeyId(keyId: string): boolean {
  return keyId.startsWith('vault-')
}

/** Of a file that somebody else may have written: whether it is what the vault keeps of a key. */
export function isVaultKey(name: string, value: string): boolean {
  if (!name.startsWith(PREFIX) || !isVaultKeyId(name.slice(PREFIX.length))) return false
  try {
    return stored.safeParse(JSON.parse(value)).success
  } catch {
    return false
  }
}

/** None while the vault is locked. */
export async function vaultKeys(vault: Vault): Promise<readonly VaultKey[]> {
  const names = await vault.names(PREFIX)
  return Promise.all(names.map((name) => vaultKey(vault, name.slice(PREFIX.length))))
}

/** Throws UserError NOT_FOUND, VAULT_LOCKED. */
export async function vaultKey(vault: Vault, id: string): Promise<VaultKey> {
  const text = await vault.get(PREFIX + id)
  if (text === undefined) throw new UserError('NOT_FOUND', { what: 'key' })
  return { id, ...stored.parse(JSON.parse(text)) }
}

export async function putVaultKey(vault: Vault, { id, label, text }: VaultKey): Promise<string> {
  await vault.put(PREFIX + id, JSON.stringify({ label, text }))
  return id
}

export async function forgetVaultKey(vault: Vault, id: string): Promise<void> {
  await vault.forget(PREFIX + id)
}
