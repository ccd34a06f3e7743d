import type { ParsedKey } from 'ssh2'
import type { Prompts } from '../prompts/prompts.ts'
import type { Vault } from '../secrets/vault.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { PrivateKey } from './private-key.ts'

export interface UnlockOptions {
  readonly keyId: string
  readonly label: string
  readonly fingerprint?: string | undefined
  readonly terminalId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** As many as OpenSSH asks. */
const QUESTIONS = 3

/**
 * An encrypted key with the vault's passphrase, else the person's. Throws UserError KEY_PASSPHRASE_WRONG after the third,
 * CANCELLED, KEY_UNREADABLE.
 */
export async function unlockWithPassphrase(key: PrivateKey, o: UnlockOptions, prompts: Prompts, vault: Vault): Promise<ParsedKey> {
  const remembered = await fromVault(vault, passphraseName(o))
  const opened = remembered === undefined ? undefined : await key.unlock(remembered)
  if (opened) return opened
  const canRemember = vault.state.value.kind !== 'locked'
  for (let asked = 0; asked < QUESTIONS; asked++) {
    const fingerprint = o.fingerprint ? { fingerprint: o.fingerprint } : {}
    const answer = await prompts.ask({ kind: 'passphrase', label: o.label, ...fingerprint, again: asked > 0, canRemember }, o)
    const passphrase = answer.kind === 'values' ? (answer.values[0] ?? '') : ''
    const unlocked = await key.unlock(passphrase)
    if (!unlocked) continue
    if (answer.kind === 'values' && answer.remember) await vault.put(passphraseName(o), passphrase)
    return unlocked
  }
  throw new UserError('KEY_PASSPHRASE_WRONG', { label: o.label })
}

/** By fingerprint where it is known beforehand: the same key in another file, or moved, needs no second question. */
export function passphraseName({ fingerprint, keyId }: Pick<UnlockOptions, 'fingerprint' | 'keyId'>): string {
  return `passphrase/${fingerprint ?? keyId}`
}

/** A locked vault remembers nothing for now; the page shows that it is locked. */
async function fromVault(vault: Vault, name: string): Promise<string | undefined> {
  try {
    return await vault.get(name)
  } catch (error) {
    if (isUserError(error, 'VAULT_LOCKED')) return undefined
    throw error
  }
}
