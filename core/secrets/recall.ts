import { isUserError } from '../user-error.ts'
import type { Vault } from './vault.ts'

/** What the vault holds, as far as it can be opened: a locked one remembers nothing for now, and the page shows that it is locked. */
export async function recall(vault: Vault, name: string): Promise<string | undefined> {
  try {
    return await vault.get(name)
  } catch (error) {
    if (isUserError(error, 'VAULT_LOCKED')) return undefined
    throw error
  }
}
