import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConnectChoices } from '../../../contract/models/terminal.ts'
import { openBookmarks } from '../../../core/bookmarks/bookmarks.ts'
import { takeIn, takeOut } from '../../../core/bookmarks/carry.ts'
import { readImport } from '../../../core/bookmarks/import/read-import.ts'
import { openVault, type Vault } from '../../../core/secrets/vault.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mooring-carry-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const PASSWORD = 'one of the file'
const KEY = JSON.stringify({ label: 'mine', text: '-----BEGIN OPENSSH PRIVATE KEY-----' })

async function computer(name: string) {
  const folder = join(root, name)
  const vault = await openVault({ folder, key: new Uint8Array(32) })
  return { bookmarks: openBookmarks(folder), vault, keys: { list: async () => [] } }
}
type Computer = Awaited<ReturnType<typeof computer>>
const add = ({ bookmarks }: Computer, host: string, choices?: ConnectChoices) =>
  bookmarks.save({ name: host, colour: 'none', notes: '', target: { kind: 'host', host, ...(choices && { choices }) } })
const held = async (vault: Vault) => {
  const names = (await vault.names('')).sort()
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await vault.get(name)])))
}

/** One computer with much in its vault, and what comes of its export. */
async function exported(): Promise<string> {
  const from = await computer('from')
  add(from, 'web.lan', { user: 'me', port: 2200, keyId: 'vault-1' })
  add(from, 'db.lan')
  const secrets = {
    'password/me@web.lan:2200': 'of the web',
    'password/other@web.lan:2200': 'of another login',
    'password/anybody@db.lan:22': 'of the database',
    'password/me@elsewhere:22': 'of a host without a bookmark',
    'key/vault-1': KEY,
    'key/vault-2': 'another key',
    'aws/work': 'of the account',
  }
  for (const [name, value] of Object.entries(secrets)) await from.vault.put(name, value)
  const { text, secrets: count } = await takeOut(from, 'json', PASSWORD)
  expect(count).toBe(3)
  return text
}

async function bring(to: Computer, text: string, password: string) {
  const base64 = Buffer.from(text).toString('base64')
  const file = { path: 'mine.json', base64 }
  const preview = readImport([{ path: file.path, bytes: Buffer.from(text) }], 'auto', [])
  expect(preview.files).toEqual([{ name: 'mine.json', format: 'mooring', assumed: false, secrets: true }])
  return takeIn(to, { items: preview.items, sealed: { file, password } })
}

test('what the vault holds for the bookmarks goes with them, and nothing else, sealed', async () => {
  const text = await exported()
  expect(text).not.toMatch(/of the|another|PRIVATE KEY/)
  const to = await computer('to')
  expect(await bring(to, text, PASSWORD)).toMatchObject({ secrets: 3 })
  expect(await held(to.vault)).toEqual({
    'key/vault-1': KEY,
    'password/anybody@db.lan:22': 'of the database',
    'password/me@web.lan:2200': 'of the web',
  })
  expect(to.bookmarks.state.value.bookmarks.map(({ name }) => name)).toEqual(['web.lan', 'db.lan'])
})

test('what the vault has already stays, and only what is for the chosen bookmarks comes', async () => {
  const text = await exported()
  const to = await computer('to')
  await to.vault.put('password/me@web.lan:2200', 'mine')
  const items = readImport([{ path: 'a', bytes: Buffer.from(text) }], 'auto', []).items.filter(({ name }) => name === 'web.lan')
  const file = { path: 'a', base64: Buffer.from(text).toString('base64') }
  expect(await takeIn(to, { items, sealed: { file, password: PASSWORD } })).toMatchObject({ secrets: 1 })
  expect(await held(to.vault)).toEqual({ 'key/vault-1': KEY, 'password/me@web.lan:2200': 'mine' })
})

test('a key that is none is not taken', async () => {
  const from = await computer('from')
  add(from, 'a.lan', { keyId: 'vault-1' })
  await from.vault.put('key/vault-1', 'no key')
  expect(await bring(await computer('to'), (await takeOut(from, 'json', PASSWORD)).text, PASSWORD)).toMatchObject({ secrets: 0 })
})

test('with a wrong password, a changed file or a locked vault nothing is added', async () => {
  const text = await exported()
  const to = await computer('to')
  const refused = (code: string) => expect.objectContaining({ code })
  await expect(bring(to, text, 'another')).rejects.toEqual(refused('EXPORT_PASSWORD_WRONG'))
  const json = JSON.parse(text)
  const changed = (more: object) => JSON.stringify({ ...json, secrets: { ...json.secrets, ...more } })
  await expect(bring(to, changed({ tag: Buffer.alloc(16).toString('base64') }), PASSWORD)).rejects.toEqual(refused('EXPORT_DAMAGED'))
  // A file that wants two gigabytes of memory, one with a cost that scrypt knows not, and one without a box.
  await expect(bring(to, changed({ cost: 2 ** 20, blockSize: 16 }), PASSWORD)).rejects.toEqual(refused('EXPORT_DAMAGED'))
  await expect(bring(to, changed({ cost: 3 }), PASSWORD)).rejects.toEqual(refused('EXPORT_DAMAGED'))
  await expect(bring(to, JSON.stringify({ ...json, secrets: 'none' }), PASSWORD)).rejects.toEqual(refused('EXPORT_DAMAGED'))
  await to.vault.create('master')
  to.vault.lock()
  await expect(bring(to, text, PASSWORD)).rejects.toEqual(refused('VAULT_LOCKED'))
  await expect(takeOut(to, 'json', PASSWORD)).rejects.toEqual(refused('VAULT_LOCKED'))
  expect(to.bookmarks.state.value.bookmarks).toEqual([])
})

test('without a password, and in the other formats, no secret is in it', async () => {
  const from = await computer('from')
  add(from, 'db.lan')
  await from.vault.put('password/me@db.lan:22', 'of the database')
  expect(JSON.parse((await takeOut(from, 'json', undefined)).text)).not.toHaveProperty('secrets')
  for (const format of ['csv', 'ssh-config'] as const) expect((await takeOut(from, format, PASSWORD)).text).not.toContain('secrets')
})
