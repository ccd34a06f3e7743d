import { constants, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto'

/** EC2 makes longer ones; what is shorter was not made by it. */
const SHORTEST = 8

/**
 * What GetPasswordData gives (base64), with the private key (PEM) of the key pair: RSA, PKCS#1 v1.5 (RFC 8017, 7.2.2). Absent where it is
 * not for this key. The padding is looked at here: OpenSSL makes up an answer where it is wrong, and BoringSSL has no say in it at all.
 * There is nobody who could ask often enough to learn from the difference. Pure.
 */
export function decryptPassword(data: string, pem: string): string | undefined {
  const key = readKey(pem)
  const sealed = Buffer.from(data, 'base64')
  const bytes = (key?.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  if (key?.asymmetricKeyType !== 'rsa' || sealed.length !== bytes) return undefined
  const block = open(key, sealed)
  const end = block?.indexOf(0, 2) ?? -1
  // 00 02, at least eight bytes that are not 0, 00, and the message.
  if (block?.[0] !== 0 || block[1] !== 2 || end < 10) return undefined
  const password = block.subarray(end + 1).toString('latin1')
  return password.length >= SHORTEST && /^[\x20-\x7e]+$/.test(password) ? password : undefined
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** A number that is larger than the modulus was sealed for another key. */
function open(key: KeyObject, sealed: Buffer): Buffer | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, sealed)
  } catch {
    return undefined
  }
}
