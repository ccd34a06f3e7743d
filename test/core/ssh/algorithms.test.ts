import { getCiphers } from 'node:crypto'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { algorithms } from '../../../core/ssh/algorithms.ts'
import { nativeCrypto } from '../../../core/ssh/native-crypto.ts'

test('GCM is offered first, and nothing that is broken at all', () => {
  const { cipher, kex, serverHostKey, hmac, compress } = algorithms()
  expect((cipher as string[])[0]).toBe('aes128-gcm@openssh.com')
  const all = [cipher, kex, serverHostKey, hmac, compress].flat().join(' ')
  expect(all).not.toMatch(/sha1|md5|cbc|arcfour|ssh-rsa|ssh-dss|group1-/)
})

test('only what the crypto at hand has is offered', () => {
  expect((algorithms().cipher as string[]).includes('chacha20-poly1305@openssh.com')).toBe(getCiphers().includes('chacha20'))
})

test('types of known host keys come first, RSA under the names that its signatures have', () => {
  expect((algorithms(['ssh-rsa']).serverHostKey as string[]).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519'])
  expect((algorithms(['no-such-type']).serverHostKey as string[])[0]).toBe('ssh-ed25519')
})

test('NIST’s curves are offered to a host that has nothing else, or whose key of that kind is known, and to nobody else', () => {
  const named = (offer: ReturnType<typeof algorithms>) =>
    [offer.kex, offer.serverHostKey].flat().filter((name) => /nistp/.test(String(name)))
  expect(named(algorithms())).toEqual([])
  expect(named(algorithms(['ssh-ed25519']))).toEqual([])
  expect(named(algorithms(['ecdsa-sha2-nistp384']))).toEqual(['ecdsa-sha2-nistp384'])
  expect(named(algorithms([], {}, { secondOffer: true }))).toHaveLength(6)
})

test('the native crypto is reported as ssh2 found it', () => {
  const binding = () => createRequire(import.meta.url)('ssh2/lib/protocol/crypto/build/Release/sshcrypto.node')
  if (nativeCrypto()) expect(binding()).toHaveProperty('AESGCMCipher')
  else expect(binding).toThrow()
})
