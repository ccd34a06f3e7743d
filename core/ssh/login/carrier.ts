import ssh2, { type ParsedKey } from 'ssh2'
import { string } from '../wire.ts'

/** A key of a kind that ssh2 has; its numbers go nowhere. */
const STAND_IN = Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(32, 1))])

/**
 * What ssh2 is given in the place of a key, since it goes by nothing but what it can read itself: the key, or where ssh2 does not know
 * its type (a security key) another.
 */
export function carrierOf(blob: Buffer): ParsedKey {
  const parsed = ssh2.utils.parseKey(blob)
  return parsed instanceof Error ? (ssh2.utils.parseKey(STAND_IN) as ParsedKey) : parsed
}
