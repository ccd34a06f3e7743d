/// <reference path="./ssh2-internals.d.ts" />
import { getCurves } from 'node:crypto'
import type { Algorithms } from 'ssh2'
import constants from 'ssh2/lib/protocol/constants.js'
import { withWish } from './algorithm-lists.ts'
import type { AlgorithmWishes } from './config/host.ts'
import { HOST_CERTIFICATES, knowHostCertificates } from './internals.ts'

/**
 * Fastest first among those that are safe; nothing with SHA-1, CBC or RC4 is offered, and nothing that ssh-audit rates fail
 * (test/integration/ssh/audit.test.ts).
 */
const KEX = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
]
const HOST_KEYS = ['ssh-ed25519', 'rsa-sha2-512', 'rsa-sha2-256']
/** NIST's curves: some do not trust where they come from. Only for a host that has nothing else, or whose key of that kind is known. */
const SECOND_KEX = ['ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521']
const SECOND_HOST_KEYS = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']
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
 * `wishes` are of the person's own file, and only they bring in what is no longer safe. `secondOffer`: a host that had nothing in
 * common with the first; `hostCertificates`: those come before its keys.
 */
export function algorithms(
  hostKeyTypes: readonly string[] = [],
  wishes: AlgorithmWishes = {},
  { secondOffer: second = false, hostCertificates = false }: { secondOffer?: boolean; hostCertificates?: boolean | undefined } = {},
): Algorithms {
  if (hostCertificates) knowHostCertificates()
  const usualKex = second ? [...KEX, ...SECOND_KEX] : KEX
  const usualHostKeys = [...HOST_KEYS, ...SECOND_HOST_KEYS.filter((name) => second || hostKeyTypes.includes(name))]
  const known = hostKeyTypes.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]))
  const wanted = withWish(usualHostKeys, wishes.hostKeys, constants.SUPPORTED_SERVER_HOST_KEY)
  const hostKeys = [...new Set([...wanted.filter((name) => known.includes(name)), ...wanted])]
  const curves = getCurves()
  const hasCurve = (name: string) => {
    const curve = CURVES[/nistp\d+/.exec(name)?.[0] ?? '']
    return curve === undefined || curves.includes(curve)
  }
  const among = (wanted: readonly string[], supported: readonly string[]) =>
    wanted.filter((name) => supported.includes(name) && hasCurve(name))
  return {
    kex: among(withWish(usualKex, wishes.kex, constants.SUPPORTED_KEX), constants.SUPPORTED_KEX),
    serverHostKey: among([...(hostCertificates ? HOST_CERTIFICATES : []), ...hostKeys], constants.SUPPORTED_SERVER_HOST_KEY),
    cipher: among(withWish(CIPHERS, wishes.ciphers, constants.SUPPORTED_CIPHER), constants.SUPPORTED_CIPHER),
    hmac: among(withWish(MACS, wishes.macs, constants.SUPPORTED_MAC), constants.SUPPORTED_MAC),
    compress: ['none'],
    // ssh2's types list names; the lists above are checked against what this ssh2 has.
  } as Algorithms
}

/** Whether a second offer may do where the first did not: `theirs` is the list in which nothing was found. */
export function hasSecondOffer(theirs: readonly string[]): boolean {
  return theirs.some((name) => SECOND_KEX.includes(name) || SECOND_HOST_KEYS.includes(name))
}
