import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { openVaultKey } from '../../electron/vault-key.ts'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const double = createElectronDouble()
let open: typeof openVaultKey
let sealed: string | undefined
const store = {
  get: () => sealed,
  set: (value: string) => {
    sealed = value
  },
}

beforeAll(async () => {
  installElectronDouble(double)
  open = (await import('../../electron/vault-key.ts')).openVaultKey
})
beforeEach(() => {
  sealed = undefined
  Object.assign(double.keychain, { available: true, backend: 'gnome_libsecret', opens: true })
})

test('is made once, of 32 bytes, and kept sealed', async () => {
  const key = await open(store, 'linux')
  expect(key).toHaveLength(32)
  expect(sealed).not.toContain(Buffer.from(key ?? []).toString('base64'))
  expect(await open(store, 'linux')).toEqual(key)
})

test.each(['basic_text', 'unknown'] as const)('is not made where the backend is %s, which is no keychain', async (backend) => {
  double.keychain.backend = backend
  expect([await open(store, 'linux'), sealed]).toEqual([undefined, undefined])
})

test('is not made where there is no keychain', async () => {
  double.keychain.available = false
  expect([await open(store, 'darwin'), sealed]).toEqual([undefined, undefined])
})

test('does not ask for a backend where only Linux has one', async () => {
  double.keychain.backend = 'unknown'
  expect(await open(store, 'win32')).toHaveLength(32)
})

test('is left alone when the keychain does not open it today', async () => {
  await open(store, 'linux')
  const before = sealed
  double.keychain.opens = false
  expect([await open(store, 'linux'), sealed]).toEqual([undefined, before])
})
