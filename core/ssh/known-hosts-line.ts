import { createHmac, randomBytes } from 'node:crypto'

/** One line of an OpenSSH known_hosts file that names a key: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownHostsLine {
  readonly marker: 'revoked' | 'cert-authority' | undefined
  /** As written: names and patterns separated by commas, or one hashed name. */
  readonly hosts: string
  readonly type: string
  readonly blob: Buffer
}

/** Undefined for blank lines, comments, and what OpenSSH would skip as well. */
export function parseKnownHostsLine(text: string): KnownHostsLine | undefined {
  const fields = text.trim().split(/[ \t]+/)
  const marker = fields[0]?.startsWith('@') ? fields.shift()?.slice(1) : undefined
  if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return undefined
  const [hosts, type, base64] = fields
  if (!hosts || hosts.startsWith('#') || !type || !base64) return undefined
  const blob = Buffer.from(base64, 'base64')
  return keyType(blob) === type ? { marker, hosts, type, blob } : undefined
}

/** `host`, or `[host]:port` where the port is not 22, in lower case as OpenSSH looks it up. */
export function hostNameOf(host: string, port: number): string {
  return (port === 22 ? host : `[${host}]:${port}`).toLowerCase()
}

export function matchesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) return matchesHash(hosts, name)
  const patterns = hosts.toLowerCase().split(',')
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(pattern.slice(1), name))) return false
  return patterns.some((pattern) => matchesPattern(pattern, name))
}

/** The line without this name; undefined where nothing would be left. A pattern that covers the name goes whole, as with `ssh-keygen -R`. */
export function withoutHost(text: string, name: string): string | undefined {
  const [hosts = ''] = text.trim().split(/[ \t]+/)
  const rest = hosts.split(',').filter((pattern) => pattern.toLowerCase() !== name)
  return rest.length > 0 && !matchesHost(rest.join(','), name) && rest.some((pattern) => !pattern.startsWith('!'))
    ? text.replace(hosts, () => rest.join(','))
    : undefined
}

/** Hashed where asked, and where the name holds what would be read as a pattern or a list. */
export function formatKnownHostsLine(name: string, key: { type: string; blob: Buffer }, hashed: boolean): string {
  const hosts = hashed || /[^\w.:%[\]-]/.test(name) ? hashName(name, randomBytes(20)) : name
  return `${hosts} ${key.type} ${key.blob.toString('base64')}`
}

/** The first string of a key's blob (RFC 4253, 6.6); undefined for what is no key. */
export function keyType(blob: Buffer): string | undefined {
  const length = blob.length > 4 ? blob.readUInt32BE(0) : 0
  return length > 0 && length <= 64 ? blob.toString('latin1', 4, 4 + length) : undefined
}

function matchesHash(hosts: string, name: string): boolean {
  const [, , salt] = hosts.split('|')
  return salt !== undefined && hashName(name, Buffer.from(salt, 'base64')) === hosts
}

function hashName(name: string, salt: Buffer): string {
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

/** `*` and `?` only, in time linear in both lengths for one star and never exponential: the file may be shared by others. */
function matchesPattern(pattern: string, name: string): boolean {
  let [at, star, resume] = [0, -1, 0]
  for (let index = 0; index < name.length; ) {
    if (pattern[at] === '*') {
      star = at++
      resume = index
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) {
      at++
      index++
    } else if (star >= 0) {
      at = star + 1
      index = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
