import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { expect, test } from 'vitest'
import { decryptPassword } from '../../../core/windows/decrypt-password.ts'

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = ({ privateKey }: ReturnType<typeof pair>) => privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const own = pair()
const seal = (text: string, { publicKey } = own, padding: number = constants.RSA_PKCS1_PADDING) =>
  publicEncrypt({ key: publicKey, padding }, Buffer.from(text, 'latin1')).toString('base64')
const PASSWORD = 'aB3$.(-x9!Zq?%kL;m@2w=R&uT8*e)vN'

test('what was sealed for the key is opened', () => {
  expect(decryptPassword(seal(PASSWORD), pem(own))).toBe(PASSWORD)
})

test.each<[string, string, string]>([
  ['another key', seal(PASSWORD, pair()), pem(own)],
  ['a key of another size', seal(PASSWORD), pem(generateKeyPairSync('rsa', { modulusLength: 1024 }))],
  [
    'a key that is no RSA key',
    seal(PASSWORD),
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
  ['no key', seal(PASSWORD), 'not a key'],
  ['another padding', seal(PASSWORD, own, constants.RSA_PKCS1_OAEP_PADDING), pem(own)],
  ['half of it', seal(PASSWORD).slice(0, 100), pem(own)],
  ['nothing', '', pem(own)],
  ['what no keyboard types', seal('abc\u0007defghi\u001b[31m'), pem(own)],
  ['too little', seal('abc'), pem(own)],
])('with %s there is no password', (_what, data, key) => {
  expect(decryptPassword(data, key)).toBeUndefined()
})
