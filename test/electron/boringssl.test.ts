import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PRELOAD = join(import.meta.dirname, '../support/boringssl.ts')

/** What an expression is in a process of its own, with the preload or without. */
function evaluate(expression: string, preload = true): unknown {
  const script = `
    import { createRequire } from 'node:module'
    import * as named from 'node:crypto'
    const require = createRequire(${JSON.stringify(import.meta.url)})
    const crypto = require('node:crypto')
    const attempt = (action) => { try { action(); return 'works' } catch (error) { return error.code ?? error.message } }
    process.stdout.write(JSON.stringify(${expression}))`
  const args = [...(preload ? ['--import', PRELOAD] : []), '--input-type=module', '--eval', script]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const chacha = `attempt(() => named.createCipheriv('chacha20-poly1305', Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 16 }))`

test.each([
  ['ChaCha20 for who imports it', chacha, 'ERR_CRYPTO_UNKNOWN_CIPHER'],
  ['ChaCha20 for who requires it', chacha.replace('named', 'crypto'), 'ERR_CRYPTO_UNKNOWN_CIPHER'],
  ['CCM', `attempt(() => crypto.createDecipheriv('AES-128-CCM', Buffer.alloc(16), Buffer.alloc(12)))`, 'ERR_CRYPTO_UNKNOWN_CIPHER'],
  ['the first Oakley groups', `attempt(() => crypto.createDiffieHellmanGroup('modp2'))`, 'ERR_CRYPTO_UNKNOWN_DH_GROUP'],
  ['other curves', `attempt(() => crypto.createECDH('secp256k1'))`, 'ERR_CRYPTO_INVALID_CURVE'],
  ['keys on other curves', `attempt(() => crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }))`, 'ERR_CRYPTO_INVALID_CURVE'],
  ['Argon2', `[typeof crypto.argon2, typeof named.argon2Sync]`, ['undefined', 'undefined']],
  ['information on hidden ciphers', `crypto.getCipherInfo('chacha20-poly1305') ?? 'none'`, 'none'],
  ['hidden ciphers in the list', `crypto.getCiphers().filter((name) => /chacha|ccm|ocb|wrap|camellia/.test(name))`, []],
  ['all curves but four', `named.getCurves().length`, 4],
  ['ssh2’s own binding', `attempt(() => require('ssh2/lib/protocol/crypto/build/Release/sshcrypto.node'))`, 'ERR_DLOPEN_FAILED'],
  ['the binding from ssh2', `require('ssh2/lib/protocol/constants.js').DEFAULT_CIPHER.some((name) => name.startsWith('chacha'))`, false],
])('hides %s', (_, expression, expected) => {
  expect(evaluate(expression)).toEqual(expected)
})

test('leaves what BoringSSL has', () => {
  expect(
    evaluate(`[
      attempt(() => crypto.createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))),
      attempt(() => named.createCipheriv('AES-128-CTR', Buffer.alloc(16), Buffer.alloc(16))),
      attempt(() => crypto.createDiffieHellmanGroup('modp14')),
      attempt(() => crypto.createECDH('prime256v1')),
      attempt(() => crypto.generateKeyPairSync('ed25519')),
      attempt(() => crypto.generateKeyPairSync('x25519')),
      attempt(() => crypto.scryptSync('a', 'b', 32)),
    ]`),
  ).toEqual(Array(7).fill('works'))
})

test('would find something to hide in this Node', () => {
  expect(evaluate(`[${chacha}, typeof crypto.argon2Sync, crypto.getCurves().length > 4]`, false)).toEqual(['works', 'function', true])
})
