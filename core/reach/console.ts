import { createHash } from 'node:crypto'
import { stripVTControlCharacters } from 'node:util'
import { sha256Fingerprint } from '../keys/fingerprints.ts'
import { keyType } from '../ssh/known-hosts-line.ts'

/** What cloud-init printed at an instance's first boot (its tools/write-ssh-key-fingerprints and cc_ssh_authkey_fingerprints). */
export interface ConsoleFacts {
  /** Empty where nothing was printed, or where two blocks of one boot contradict each other. */
  readonly hostKeys: readonly ConsoleHostKey[]
  /** Those who may log in by key, in the order printed. */
  readonly users: readonly ConsoleUser[]
}

interface ConsoleHostKey {
  /** As ssh-keygen names it: `ED25519`. */
  readonly type: string
  /** `SHA256:…`, or the colon-separated MD5 of old images. */
  readonly fingerprint: string
  /** Where the whole key was printed. */
  readonly blob?: Buffer
}

export interface ConsoleUser {
  readonly user: string
  /** Colon-separated hex: SHA-256 of the key's blob, MD5 on old images. */
  readonly fingerprints: readonly string[]
}

/** GetConsoleOutput gives 64 KB; more than this was not made by it. */
const MOST_CHARACTERS = 256 * 1024
const MOST_ENTRIES = 100
/** A printed RSA key of 16,384 bits fits; what is longer is no line of cloud-init's. */
const LONGEST_LINE = 4096
const BOOT = /\bLinux version \d|---<<BOOT>>---/

/** The text is whatever the instance's root wrote. Pure. */
export function parseConsole(text: string): ConsoleFacts {
  const boots: string[][] = [[]]
  for (const line of stripVTControlCharacters(text.slice(-MOST_CHARACTERS)).split(/[\r\n]+/)) {
    if (BOOT.test(line)) boots.push([])
    boots.at(-1)?.push(line.slice(0, LONGEST_LINE))
  }
  // cloud-init prints once in an instance's life, so the latest boot that printed anything speaks for the machine.
  return {
    hostKeys: boots.map(hostKeysOf).findLast((keys) => keys !== undefined) ?? [],
    users: boots.map(usersOf).findLast((users) => users.length > 0) ?? [],
  }
}

/** Names of the printed keys' types (RFC 4253, 6.6); a fingerprint alone does not tell the curve. */
export function printedTypes(facts: ConsoleFacts): readonly string[] {
  const named = (type: string) => Object.keys(TYPES).filter((name) => TYPES[name] === type)
  return facts.hostKeys.flatMap(({ type, blob }) => (blob && keyType(blob)) ?? named(type))
}

/** Does one of the printed keys have this blob? */
export function isPrinted(facts: ConsoleFacts, blob: Buffer): boolean {
  const fingerprints = [
    sha256Fingerprint(blob),
    createHash('md5')
      .update(blob)
      .digest('hex')
      .replace(/..(?!$)/g, '$&:'),
  ]
  return facts.hostKeys.some((key) => fingerprints.includes(key.fingerprint))
}

/** Of the first block in these lines; none where a later block says otherwise, undefined where there is no block. */
function hostKeysOf(lines: readonly string[]): readonly ConsoleHostKey[] | undefined {
  const printed = blocksOf(lines, 'FINGERPRINTS', fingerprintIn)
  const whole = blocksOf(lines, 'KEYS', keyIn)
  if (printed.length === 0 && whole.length === 0) return undefined
  if (contradicts(printed) || contradicts(whole)) return []
  const keys = [...(whole[0] ?? [])]
  for (const key of printed[0] ?? []) {
    const same = keys.find((candidate) => candidate.type === key.type)
    if (same && key.fingerprint.startsWith('SHA256:') && same.fingerprint !== key.fingerprint) return []
    if (!same) keys.push(key)
  }
  return keys
}

function contradicts(blocks: readonly (readonly ConsoleHostKey[])[]): boolean {
  const texts = blocks.map((keys) =>
    keys
      .map((key) => `${key.type} ${key.fingerprint}`)
      .sort()
      .join(),
  )
  return new Set(texts).size > 1
}

/** Whole, non-empty blocks only: the 64 KB window may have cut one at either end. */
function blocksOf(lines: readonly string[], kind: string, read: (line: string) => ConsoleHostKey | undefined): ConsoleHostKey[][] {
  const blocks: ConsoleHostKey[][] = []
  let inside: ConsoleHostKey[] | undefined
  for (const line of lines) {
    if (line.includes(`-----BEGIN SSH HOST KEY ${kind}-----`)) inside = []
    else if (line.includes(`-----END SSH HOST KEY ${kind}-----`)) {
      if (inside && inside.length > 0) blocks.push(inside)
      inside = undefined
    } else if (inside && inside.length < MOST_ENTRIES) inside.push(...[read(line) ?? []].flat())
  }
  return blocks
}

/** `256 SHA256:… root@ip-10-0-2-182 (ECDSA)`, behind any prefix of syslog's. */
function fingerprintIn(line: string): ConsoleHostKey | undefined {
  const [, sha256, md5, type] =
    /\b\d{3,5} (?:(SHA256:[A-Za-z0-9+/]{43})|(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2})) .*\(([A-Z0-9-]{3,20})\)/.exec(line) ?? []
  const fingerprint = sha256 ?? md5
  return fingerprint && type ? { type, fingerprint } : undefined
}

const TYPES: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ED25519',
  'ssh-rsa': 'RSA',
  'ssh-dss': 'DSA',
  'ecdsa-sha2-nistp256': 'ECDSA',
  'ecdsa-sha2-nistp384': 'ECDSA',
  'ecdsa-sha2-nistp521': 'ECDSA',
}

function keyIn(line: string): ConsoleHostKey | undefined {
  const [, name = '', base64 = ''] =
    /\b(ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\d{3}) (AAAA[A-Za-z0-9+/]{40,2800}={0,2})(?: |$)/.exec(line) ?? []
  const type = TYPES[name]
  const blob = Buffer.from(base64, 'base64')
  return type && keyType(blob) === name ? { type, fingerprint: sha256Fingerprint(blob), blob } : undefined
}

/** A root that only says "Please login as the user …" has a forced command among its key's options. */
function usersOf(lines: readonly string[]): readonly ConsoleUser[] {
  const users: { user: string; fingerprints: string[]; forced: boolean }[] = []
  let current: (typeof users)[number] | undefined
  for (const line of lines) {
    const [, user] = /Authorized keys from \S+ for user ([A-Za-z_][\w.-]{0,31})\+*\s*$/.exec(line) ?? []
    if (user && users.length < MOST_ENTRIES) {
      current = users.find((candidate) => candidate.user === user) ?? { user, fingerprints: [], forced: false }
      if (!users.includes(current)) users.push(current)
    } else if (current && line.includes('|')) {
      const [, fingerprint, options] = /\| *[\w@.-]+ *\| *((?:[0-9a-f]{2}:){15,31}[0-9a-f]{2}) *\|([^|]*)/.exec(line) ?? []
      if (fingerprint && current.fingerprints.length < MOST_ENTRIES) current.fingerprints.push(fingerprint)
      if (options?.includes('command=')) current.forced = true
    } else if (!/ci-info|\+-/.test(line)) current = undefined
  }
  return users.flatMap(({ forced, ...user }) => (forced || user.fingerprints.length === 0 ? [] : user))
}
