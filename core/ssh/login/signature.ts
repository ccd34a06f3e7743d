import { sign } from 'node:crypto'
import type { ParsedKey } from 'ssh2'
import { signatureAlgorithm } from '../certificate.ts'
import { mpint, string } from '../wire.ts'

/** A whole signature, its algorithm's name and all (RFC 4253, 6.6), for the algorithm of a public key request. */
export type Sign = (data: Buffer, algorithm: string) => Promise<Buffer>

/** RFC 5656, 6.2.1. */
const ECDSA_HASHES: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

export function signWith(key: ParsedKey): Sign {
  return async (data, algorithm) => {
    const name = signatureAlgorithm(algorithm)
    return Buffer.concat([string(name), string(numbersOf(key, data, name))])
  }
}

function numbersOf(key: ParsedKey, data: Buffer, name: string): Buffer {
  const hash = ECDSA_HASHES[name]
  if (hash) {
    const both = sign(hash, data, { key: key.getPrivatePEM(), dsaEncoding: 'ieee-p1363' })
    return Buffer.concat([both.subarray(0, both.length / 2), both.subarray(both.length / 2)].map(mpint))
  }
  const signature: Buffer | Error = key.sign(data, RSA_HASHES[name])
  if (signature instanceof Error) throw signature // ssh2 gives it instead of throwing it
  return signature
}

const RSA_HASHES: Readonly<Record<string, string>> = { 'ssh-rsa': 'sha1', 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }
