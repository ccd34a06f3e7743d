import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { nativeCrypto } from '../../core/ssh/native-crypto.ts'

const BINDING = createRequire(import.meta.url).resolve('ssh2/lib/protocol/crypto/build/Release/sshcrypto.node')

test("the native crypto's objects are collected as garbage without taking the process with them", () => {
  // Built with the headers of Node 24.19 to 24.21 it aborts here (https://github.com/nodejs/node/issues/65446).
  const script = `
    const { AESGCMCipher } = require(process.argv[1])
    for (let count = 0; count < 20_000; count += 1) new AESGCMCipher('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12))
    gc({ type: 'major', execution: 'async' }).then(() => console.log('alive'))`
  expect(execFileSync(process.execPath, ['--expose-gc', '--eval', script, BINDING], { encoding: 'utf8' })).toBe('alive\n')
})

test("ssh2's native crypto is loaded in the Node that runs this", () => {
  expect(nativeCrypto()).toBe(true)
})
