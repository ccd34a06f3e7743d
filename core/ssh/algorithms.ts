/// <reference path="./ssh2-internals.d.ts" />
import { getCurves } from 'node:crypto'
import type { Algorithms } from 'ssh2'
import constants from 'ssh2/lib/protocol/constants.js'
import { withWish } from './algorithm-lists.ts'
import type { AlgorithmWishes } from './config/host.ts'

/** Fastest first among those that are safe; nothing with SHA-1, CBC or RC4 is offered. */
const KEX = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
]
const HOST_KEYS = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256']
const CIPHERS = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'chacha20-poly1305@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
]
const MACS = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512']

const CURVES: Readonly<Record<string, string>> = { nistp256: 'prime256v1', nistp384: 'secp384r1', nistp521: 'secp521r1' }

/**
 * What to offer: the wish list, less what the crypto at hand lacks (Electron's BoringSSL has no chacha20, and ssh2 throws where it
 * is named all the same). `hostKeyTypes`, those whose keys are known, come first so that a known key is what the server shows.
 * `wishes` are of the person's own file, and only they bring in what is no longer safe.
 */
export function algorithms(hostKeyTypes: readonly string[] = [], wishes: AlgorithmWishes = {}): Algorithms {
  const known = hostKeyTypes.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]))
  const wanted = withWish(HOST_KEYS, wishes.hostKeys, constants.SUPPORTED_SERVER_HOST_KEY)
  const hostKeys = [...new Set([...wanted.filter((name) => known.includes(name)), ...wanted])]
  const curves = getCurves()
  const hasCurve = (name: string) => {
    const curve = CURVES[/nistp\d+/.exec(name)?.[0] ?? '']
    return curve === undefined || curves.includes(curve)
  }
  const among = (wanted: readonly string[], supported: readonly string[]) =>
    wanted.filter((name) => supported.includes(name) && hasCurve(name))
  return {
    kex: among(withWish(KEX, wishes.kex, constants.SUPPORTED_KEX), constants.SUPPORTED_KEX),
    serverHostKey: among(hostKeys, constants.SUPPORTED_SERVER_HOST_KEY),
    cipher: among(withWish(CIPHERS, wishes.ciphers, constants.SUPPORTED_CIPHER), constants.SUPPORTED_CIPHER),
    hmac: among(withWish(MACS, wishes.macs, constants.SUPPORTED_MAC), constants.SUPPORTED_MAC),
    compress: ['none'],
    // ssh2's types list names; the lists above are checked against what this ssh2 has.
  } as Algorithms
}
