import type { ParsedKey } from 'ssh2'
import type { Prompts } from '../prompts/prompts.ts'
import { recall } from '../secrets/recall.ts'
import type { Vault } from '../secrets/vault.ts'
import { cancelled, UserError } from '../user-error.ts'
import type { PrivateKey } from './private-key.ts'

export interface LoadOptions {
  readonly terminalId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

interface UnlockOptions extends LoadOptions {
  readonly keyId: string
  readonly label: string
  readonly fingerprint?: string | undefined
}

/** Encrypted keys, opened with the vault's passphrase, else the person's, who is asked once in a run. */
export interface Unlocking {
  /**
   * `version` names the key's very content. Throws UserError KEY_PASSPHRASE_WRONG after the third wrong answer, KEY_UNREADABLE,
   * CANCELLED.
   */
  unlock(version: string, key: PrivateKey, options: UnlockOptions): Promise<ParsedKey>
}

/** As many as OpenSSH asks. */
const QUESTIONS = 3

export function createUnlocking(prompts: Prompts, vault: Vault): Unlocking {
  const unlocked = new Map<string, ParsedKey>()
  const beingAsked = new Map<string, Promise<unknown>>()

  async function ask(key: PrivateKey, o: UnlockOptions): Promise<ParsedKey> {
    const remembered = await recall(vault, passphraseName(o))
    const opened = remembered === undefined ? undefined : await key.unlock(remembered)
    if (opened) return opened
    const fingerprint = o.fingerprint ? { fingerprint: o.fingerprint } : {}
    const canRemember = vault.state.value.kind !== 'locked'
    for (let asked = 0; asked < QUESTIONS; asked++) {
      const answer = await prompts.ask({ kind: 'passphrase', label: o.label, ...fingerprint, again: asked > 0, canRemember }, o)
      const passphrase = answer.kind === 'values' ? (answer.values[0] ?? '') : ''
      const parsed = await key.unlock(passphrase)
      if (parsed && answer.kind === 'values' && answer.remember) await vault.put(passphraseName(o), passphrase)
      if (parsed) return parsed
    }
    throw new UserError('KEY_PASSPHRASE_WRONG', { label: o.label })
  }

  return {
    async unlock(version, key, o) {
      if (!key.encrypted) return opened(await key.unlock())
      // Two tabs that need the same key ask one question; the second asks its own only if the first got no answer.
      for (let other = beingAsked.get(version); other; other = beingAsked.get(version)) await settled(other, o.signal)
      const known = unlocked.get(version)
      if (known) return known
      const asking = ask(key, o)
      beingAsked.set(version, asking)
      try {
        const parsed = await asking
        unlocked.set(version, parsed)
        return parsed
      } finally {
        beingAsked.delete(version)
      }
    },
  }
}

function opened(parsed: ParsedKey | undefined): ParsedKey {
  if (!parsed) throw new Error('a key without a passphrase opens or throws')
  return parsed
}

function settled(other: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled())
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    const done = () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }
    other.then(done, done)
  })
}

/** By fingerprint where it is known beforehand: the same key in another file, or moved, needs no second question. */
function passphraseName({ fingerprint, keyId }: UnlockOptions): string {
  return `passphrase/${fingerprint ?? keyId}`
}
