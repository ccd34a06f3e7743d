import { z } from 'zod'
import type { Bookmark } from '../../../contract/models/bookmark.ts'
import type { LocalKey } from '../../../contract/models/key.ts'
import { isVaultKey } from '../../keys/vault-keys.ts'
import { newPasswordKey, passwordKey, type SealedBox, type SealKey, seal, sealedBox, unseal } from '../../secrets/seal.ts'
import type { Vault } from '../../secrets/vault.ts'
import { UserError } from '../../user-error.ts'

type Exported = Pick<Bookmark, 'target' | 'keyPath'>
/** By their names in the vault. */
type Secrets = ReadonlyMap<string, string>

/** What of the vault's names is for these bookmarks: hosts' passwords, keys that it holds, and the passphrases of their keys. Pure. */
export function namesFor(bookmarks: readonly Exported[], names: readonly string[], keys: readonly LocalKey[]): readonly string[] {
  const wanted = new Set<string>()
  const hosts = new Map<string, Set<string | undefined>>()
  for (const { target, keyPath } of bookmarks) {
    const { keyId, user, port = 22, address } = target.choices ?? {}
    const host = address ?? (target.kind === 'host' ? target.host : undefined)
    if (host !== undefined) hosts.set(`${host}:${port}`, (hosts.get(`${host}:${port}`) ?? new Set()).add(user))
    const key = keys.find(({ id, path }) => id === keyId || (path !== undefined && path === keyPath))
    const id = key?.id ?? keyId
    if (id !== undefined) for (const name of [`key/${id}`, `passphrase/${id}`]) wanted.add(name)
    if (key?.fingerprint !== undefined) wanted.add(`passphrase/${key.fingerprint}`)
  }
  return names.filter((name) => wanted.has(name) || isPasswordOf(hosts, name))
}

/** `password/<user@host:port>`: of a host that is meant, as the user that is meant, or as anybody where none is fixed. */
function isPasswordOf(hosts: ReadonlyMap<string, ReadonlySet<string | undefined>>, name: string): boolean {
  const [, user, host] = /^password\/([^@]*)@(.*)$/s.exec(name) ?? []
  const users = host === undefined ? undefined : hosts.get(host)
  return users !== undefined && (users.has(user) || users.has(undefined))
}

/** Under a password of its own, as the vault seals. Throws UserError VAULT_LOCKED. */
export async function sealSecrets(
  bookmarks: readonly Exported[],
  password: string,
  { vault, keys }: { readonly vault: Vault; readonly keys: readonly LocalKey[] },
): Promise<{ readonly box: SealedBox; readonly count: number }> {
  if (vault.state.value.kind === 'locked') throw new UserError('VAULT_LOCKED', {})
  const secrets: Record<string, string> = {}
  for (const name of namesFor(bookmarks, await vault.names(''), keys)) {
    const value = await vault.get(name)
    if (value !== undefined) secrets[name] = value
  }
  const key = await newPasswordKey(password)
  return { box: seal(key, JSON.stringify(secrets)), count: Object.keys(secrets).length }
}

const exported = z.object({ secrets: sealedBox })
const MOST_SECRETS = 20_000
const content = z.record(z.string().max(2_000), z.string().max(64 * 1024)).refine((secrets) => Object.keys(secrets).length <= MOST_SECRETS)
/** Whoever wrote the file chose what its password costs us: no more than four times what ours does. */
const MOST_MEMORY = 512 * 1024 * 1024

/** Of our own export's text. Throws UserError EXPORT_PASSWORD_WRONG or EXPORT_DAMAGED. */
export async function unsealSecrets(text: string, password: string): Promise<Secrets> {
  const box = boxIn(text)
  if (box?.kind !== 'password' || 128 * box.cost * box.blockSize * box.parallelism > MOST_MEMORY) throw new UserError('EXPORT_DAMAGED', {})
  const key = await keyOf(password, box)
  if (!key) throw new UserError('EXPORT_PASSWORD_WRONG', {})
  try {
    return new Map(Object.entries(content.parse(JSON.parse(unseal(key, box)))))
  } catch (cause) {
    throw new UserError('EXPORT_DAMAGED', {}, { cause })
  }
}

async function keyOf(password: string, box: Extract<SealedBox, { kind: 'password' }>): Promise<SealKey | undefined> {
  try {
    return await passwordKey(password, box)
  } catch (cause) {
    throw new UserError('EXPORT_DAMAGED', {}, { cause }) // a cost that scrypt does not take
  }
}

function boxIn(text: string): SealedBox | undefined {
  try {
    return exported.parse(JSON.parse(text)).secrets
  } catch {
    return undefined
  }
}

/** Those for the bookmarks that are taken over; what the vault has already stays. Gives how many. Throws UserError VAULT_LOCKED. */
export async function keepSecrets(secrets: Secrets, bookmarks: readonly Exported[], vault: Vault): Promise<number> {
  if (vault.state.value.kind === 'locked') throw new UserError('VAULT_LOCKED', {})
  const passphrases = bookmarks.some(({ target, keyPath }) => keyPath !== undefined || target.choices?.keyId !== undefined)
  const names = [...secrets.keys()]
  const wanted = new Set(namesFor(bookmarks, names, []))
  const present = new Set(await vault.names(''))
  let kept = 0
  for (const [name, value] of secrets) {
    // A key's fingerprint is not known before it is here; a passphrase is of use for its own key alone.
    if (name.startsWith('key/') && !isVaultKey(name, value)) continue
    if (present.has(name) || !(wanted.has(name) || (passphrases && name.startsWith('passphrase/')))) continue
    await vault.put(name, value)
    kept++
  }
  return kept
}
