import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openVault } from '../../../core/secrets/vault.ts'
import { createState } from '../../../core/state.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-vault-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = () => join(folder, 'vault.json')
const key = randomBytes(32)

async function flipOneBitOfTheData() {
  const stored = JSON.parse(await readFile(file(), 'utf8'))
  const data = Buffer.from(stored.value.box.data, 'base64')
  data[0] = (data[0] ?? 0) ^ 1
  stored.value.box.data = data.toString('base64')
  await writeFile(file(), JSON.stringify(stored))
}

describe('under the key of the system’s keychain', () => {
  test('keeps secrets over a restart', async () => {
    const vault = await openVault({ folder, key })
    await vault.put('aws/prod', 'one')
    await vault.put('passphrase/SHA256:abc', 'two')
    await vault.put('passphrase/SHA256:gone', 'three')
    await vault.forget('passphrase/SHA256:gone')

    const again = await openVault({ folder, key })
    expect({
      state: again.state.value,
      names: await again.names('passphrase/'),
      known: await again.get('aws/prod'),
      unknown: await again.get('aws/other'),
      problem: again.problem,
    }).toEqual({
      state: { kind: 'keychain', secrets: 2 },
      names: ['passphrase/SHA256:abc'],
      known: 'one',
      unknown: undefined,
      problem: undefined,
    })
  })

  test('writes a file that only its owner may read and that holds neither names nor secrets in the clear', async () => {
    const vault = await openVault({ folder, key })
    await vault.put('password/alice@example.org:22', 'correct horse')
    const text = await readFile(file(), 'utf8')
    expect(text).not.toMatch(/alice|correct|horse/)
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600)
  })

  test('sets a damaged file aside, names it, and goes on empty', async () => {
    const vault = await openVault({ folder, key })
    await vault.put('aws/prod', 'one')
    await flipOneBitOfTheData()

    const again = await openVault({ folder, key })
    expect(again.problem).toMatchObject({ code: 'STORE_DAMAGED', details: { name: 'vault', recovered: false } })
    expect(again.state.value).toEqual({ kind: 'keychain', secrets: 0 })
    expect((await readdir(folder)).filter((name) => name.startsWith('vault.damaged-'))).toHaveLength(1)
    await again.put('aws/prod', 'new')
    expect(await (await openVault({ folder, key })).get('aws/prod')).toBe('new')
  })

  test('uses memory, and leaves the file alone, where the keychain is not to be had', async () => {
    await (await openVault({ folder, key })).put('aws/prod', 'one')
    const without = await openVault({ folder })
    await without.put('aws/other', 'two')
    expect(without.state.value).toEqual({ kind: 'memory', secrets: 1 })
    await expect(without.create('a master password')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await (await openVault({ folder, key })).names('aws/')).toEqual(['aws/prod'])
  })
})

describe('without a keychain', () => {
  test('memory holds secrets until a master password is set, and then they go into the vault', async () => {
    const vault = await openVault({ folder })
    await vault.put('aws/prod', 'one')
    expect(vault.state.value).toEqual({ kind: 'absent', secrets: 1 })
    expect(await readdir(folder)).toEqual([])
    await vault.create('a master password')
    expect(vault.state.value).toEqual({ kind: 'open', secrets: 1 })

    const again = await openVault({ folder })
    expect(again.state.value).toEqual({ kind: 'locked', secrets: 0 })
    await again.unlock('a master password')
    expect({ state: again.state.value, value: await again.get('aws/prod') }).toEqual({ state: { kind: 'open', secrets: 1 }, value: 'one' })
    await again.put('aws/prod', 'changed after unlocking')
    const third = await openVault({ folder })
    await third.unlock('a master password')
    expect(await third.get('aws/prod')).toBe('changed after unlocking')
  })

  test('a wrong password opens nothing, and a locked vault gives and takes nothing', async () => {
    const vault = await openVault({ folder })
    await vault.create('a master password')
    await vault.put('aws/prod', 'one')
    vault.lock()
    await expect(vault.get('aws/prod')).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await expect(vault.put('aws/prod', 'two')).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await expect(vault.forget('aws/prod')).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(await vault.names('aws/')).toEqual([])
    await expect(vault.unlock('another password')).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSWORD' })
    expect(vault.state.value).toEqual({ kind: 'locked', secrets: 0 })
  })

  test('takes the same password composed in another way', async () => {
    await (await openVault({ folder })).create('contrase\u00f1a')
    const again = await openVault({ folder })
    await again.unlock('contrasen\u0303a')
    expect(again.state.value.kind).toBe('open')
  })

  test('tells damage from a wrong password', async () => {
    const vault = await openVault({ folder })
    await vault.create('a master password')
    await flipOneBitOfTheData()
    const again = await openVault({ folder })
    await expect(again.unlock('another password')).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSWORD' })
    await expect(again.unlock('a master password')).rejects.toMatchObject({ code: 'STORE_DAMAGED', details: { name: 'vault' } })
    expect(again.state.value).toEqual({ kind: 'absent', secrets: 0 })
  })
})

/** Every file of the folder that this password, or the keychain's key, opens. */
async function openedBy(how: { password: string } | { key: Uint8Array }): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const alone = await mkdtemp(join(tmpdir(), 'mooring-copy-'))
    await writeFile(join(alone, 'vault.json'), await readFile(join(folder, name)))
    const vault = await openVault({ folder: alone, ...('key' in how ? how : {}) })
    if ('password' in how) await vault.unlock(how.password).catch(() => undefined)
    if (vault.state.value.secrets > 0) found.push(name)
    await rm(alone, { recursive: true })
  }
  return found.sort()
}
const FILES = ['vault.backup.json', 'vault.json']

describe('in the hands of its owner', () => {
  test('takes another password: the old one then opens no file that is left', async () => {
    const vault = await openVault({ folder })
    await vault.create('the old password')
    await vault.put('aws/prod', 'one')
    await expect(vault.changePassword('not the password', 'the new password')).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSWORD' })
    expect(await openedBy({ password: 'the old password' })).toEqual(FILES)
    await vault.changePassword('the old password', 'the new password')
    expect(await vault.get('aws/prod')).toBe('one')
    expect(await openedBy({ password: 'the old password' })).toEqual([])
    expect(await openedBy({ password: 'the new password' })).toEqual(FILES)
    vault.lock()
    await expect(vault.changePassword('the new password', 'x')).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })

  test('goes from the keychain to a master password and back, with all that it holds', async () => {
    const vault = await openVault({ folder, key })
    await vault.put('aws/prod', 'one')
    await vault.create('a master password')
    expect(vault.state.value).toEqual({ kind: 'open', secrets: 1, keychain: true })
    expect([await openedBy({ key }), await openedBy({ password: 'a master password' })]).toEqual([[], FILES])
    const again = await openVault({ folder, key })
    expect(again.state.value.kind).toBe('locked')
    expect(() => again.useKeychain()).toThrow('VAULT_LOCKED')
    await again.unlock('a master password')
    again.useKeychain()
    expect(again.state.value).toEqual({ kind: 'keychain', secrets: 1 })
    expect([await openedBy({ key }), await openedBy({ password: 'a master password' })]).toEqual([FILES, []])
  })

  test('forgets everything, also while it is locked, older copies included', async () => {
    const vault = await openVault({ folder })
    await vault.create('a master password')
    await vault.put('aws/prod', 'one')
    await writeFile(join(folder, 'vault.damaged-2020.json'), await readFile(file()))
    await writeFile(join(folder, 'settings.json'), '{}')
    vault.lock()
    vault.forgetAll()
    expect(vault.state.value).toEqual({ kind: 'absent', secrets: 0 })
    expect(await openedBy({ password: 'a master password' })).toEqual([])
    expect((await readdir(folder)).sort()).toEqual(['settings.json', ...FILES])
    await vault.create('another password')
    await vault.put('aws/prod', 'two')
    expect(await openedBy({ password: 'another password' })).toEqual(FILES)
  })

  test('locks itself when nobody has used it for as long as was wished, and never while it is used', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const settings = createState({ vaultLockMinutes: 5 })
      const vault = await openVault({ folder, settings })
      await vault.create('a master password')
      await vault.put('aws/prod', 'one')
      for (let use = 0; use < 3; use++) {
        vi.advanceTimersByTime(4 * 60_000)
        expect(await vault.get('aws/prod')).toBe('one')
      }
      vi.advanceTimersByTime(5 * 60_000)
      expect(vault.state.value.kind).toBe('locked')
      await vault.unlock('a master password')
      settings.set({ vaultLockMinutes: 0 })
      vi.advanceTimersByTime(60 * 60_000)
      expect(vault.state.value.kind).toBe('open')
      settings.set({ vaultLockMinutes: 1 })
      vi.advanceTimersByTime(60_000)
      expect(vault.state.value.kind).toBe('locked')
    } finally {
      vi.useRealTimers()
    }
  })
})
