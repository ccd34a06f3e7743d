import { chmodSync, copyFileSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sha256Fingerprint } from '../keys/fingerprints.ts'
import type { Certificate } from './certificate.ts'
import { isSignedByAuthority } from './certificate-signature.ts'
import { matchesPattern } from './config/patterns.ts'
import {
  formatKnownHostsLine,
  hostNameOf,
  type KnownHostsLine,
  keyType,
  matchesHost,
  parseKnownHostsLine,
  withoutHost,
} from './known-hosts-line.ts'

export interface KnownHost extends KnownHostsLine {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly fingerprint: string
}

export type KnownHostVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  /** `expected`: what the files hold for this host. */
  | { readonly kind: 'changed'; readonly expected: readonly KnownHost[] }
  | { readonly kind: 'revoked'; readonly by: KnownHost }

/** OpenSSH's files of host keys. They are read anew each time, since ssh itself writes them too. */
export interface KnownHosts {
  readonly file: string
  readonly files: { readonly user: readonly string[]; readonly global: readonly string[] }
  lookUp(host: string, port: number): readonly KnownHost[]
  check(host: string, port: number, blob: Buffer): KnownHostVerdict
  /** Whether an `@cert-authority` of these files vouches for the host with this certificate, here and now. */
  certifies(host: string, port: number, certificate: Certificate): boolean
  /** Writes a line as ssh would, into `file`. Throws the file system's error. */
  add(host: string, port: number, key: { type: string; blob: Buffer }): void
  /** Forgets the host's keys in `file`, as `ssh-keygen -R`; lines with a marker stay. */
  remove(host: string, port: number): void
}

export function openKnownHosts(file: string, more: readonly string[] = [], global: readonly string[] = []): KnownHosts {
  const lookUp = (host: string, port: number) =>
    [file, ...more, ...global].flatMap((path) => entriesOf(path)).filter((entry) => matchesHost(entry.hosts, hostNameOf(host, port)))

  return {
    file,
    files: { user: [file, ...more], global },
    lookUp,
    check(host, port, blob) {
      const verdict = judge(lookUp(host, port), blob)
      if (verdict.kind !== 'unknown' || port === 22) return verdict
      // A key that is known for the host itself is good on its other ports too, as in OpenSSH (sshconnect.c, check_host_key).
      const withoutPort = judge(lookUp(host, 22), blob)
      return withoutPort.kind === 'changed' ? verdict : withoutPort
    },
    certifies(host, port, certificate) {
      const entries = lookUp(host, port)
      const isAuthority = (marker: KnownHost['marker']) =>
        entries.some((entry) => entry.marker === marker && entry.blob.equals(certificate.authority.blob))
      return (
        isAuthority('cert-authority') &&
        !isAuthority('revoked') &&
        isGoodForHost(certificate, host, Date.now()) &&
        isSignedByAuthority(certificate)
      )
    },
    add(host, port, key) {
      const text = readText(file)
      const hashed = entriesOf(file).some((entry) => entry.hosts.startsWith('|1|'))
      const line = formatKnownHostsLine(hostNameOf(host, port), key, hashed)
      replace(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`)
    },
    remove(host, port) {
      const name = hostNameOf(host, port)
      const lines = readText(file).split('\n')
      const kept = lines.flatMap((text) => {
        const entry = parseKnownHostsLine(text)
        return entry && !entry.marker && matchesHost(entry.hosts, name) ? (withoutHost(text, name) ?? []) : text
      })
      if (kept.join('\n') === lines.join('\n')) return
      if (existing(file).written) copyFileSync(file, `${file}.old`)
      replace(file, kept.join('\n'))
    },
  }
}

/** OpenSSH's rules: one without names is for every host, and a client that does not know a restriction refuses the certificate. */
function isGoodForHost(
  { kind, principals, criticalOptions, validFrom = 0, validUntil = Infinity }: Certificate,
  host: string,
  now: number,
) {
  const named = principals.length === 0 || principals.some((name) => matchesPattern(host.toLowerCase(), name))
  return kind === 'host' && named && criticalOptions.length === 0 && now >= validFrom && now < validUntil
}

/** Types that this app asks a server for (RFC 8332: one of `ssh-rsa` signs as `rsa-sha2-…`). */
const ASKED_FOR = /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+)$/

/**
 * Stricter than OpenSSH in one point: a host of which only keys of other types are known has changed too. The known types are
 * asked for first, so such a host has lost a key that it had, and a key of a new type would be the easy way around this check.
 */
function judge(entries: readonly KnownHost[], blob: Buffer): KnownHostVerdict {
  const same = entries.filter((entry) => entry.blob.equals(blob))
  const revoked = same.find((entry) => entry.marker === 'revoked')
  if (revoked) return { kind: 'revoked', by: revoked }
  if (same.some((entry) => !entry.marker)) return { kind: 'known' }
  const expected = entries.filter((entry) => !entry.marker && (ASKED_FOR.test(entry.type) || entry.type === keyType(blob)))
  return expected.length > 0 ? { kind: 'changed', expected } : { kind: 'unknown' }
}

function entriesOf(file: string): KnownHost[] {
  return readableText(file)
    .split('\n')
    .flatMap((text, index) => {
      const entry = parseKnownHostsLine(text)
      return entry ? [{ ...entry, file, line: index + 1, fingerprint: sha256Fingerprint(entry.blob) }] : []
    })
}

/** A file that may not be read holds nothing, as for ssh. */
function readableText(file: string): string {
  try {
    return readText(file)
  } catch {
    return ''
  }
}

/** Byte for byte: comments in any encoding come out as they went in. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** All or nothing, with the mode it had. A link stays a link: what it points to is replaced. */
function replace(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const { path, mode, written } = existing(file)
  if (!written) return
  const temporary = `${path}.${process.pid}.new`
  try {
    writeFileSync(temporary, text, { mode, flush: true, encoding: 'latin1' })
    chmodSync(temporary, mode)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** `/dev/null`, as in many a configuration, is to be left where it is. */
function existing(file: string): { readonly path: string; readonly mode: number; readonly written: boolean } {
  try {
    const path = realpathSync(file)
    const stat = statSync(path)
    return { path, mode: stat.mode & 0o777, written: stat.isFile() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { path: file, mode: 0o600, written: true }
    throw error
  }
}
