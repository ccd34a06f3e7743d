import type { HostKeyTrust } from '../../contract/models/reach.ts'
import type { KnownHostVerdict } from '../ssh/known-hosts.ts'

/** Everything that may speak for or against a host key. */
export interface TrustFacts {
  readonly fingerprint: string
  /** What the known_hosts files say about the address. */
  readonly knownHosts: KnownHostVerdict
  readonly instance?: InstanceTrust | undefined
}

export interface InstanceTrust {
  /** The keys that this very instance (account, region, id) had before. */
  readonly remembered?: { readonly reason: 'verified-by-aws' | 'accepted' | 'known'; readonly fingerprints: readonly string[] } | undefined
  /** Undefined: not looked at yet, since it takes a call. */
  readonly console: ConsoleWitness | undefined
  /** The address is one that AWS gave this instance, not a name from ~/.ssh/config or a choice. */
  readonly ownAddress: boolean
}

export type ConsoleWitness =
  | { readonly kind: 'names-it' }
  | { readonly kind: 'names-others'; readonly fingerprints: readonly string[] }
  | { readonly kind: 'silent'; readonly because: WhyUnvouched }
export type WhyUnvouched = 'not-an-instance' | 'console-empty' | 'console-without-keys' | 'console-not-readable' | 'console-outdated'

export type TrustDecision =
  /** `write`: what known_hosts needs so that ssh itself trusts the host as well. */
  | { readonly kind: 'accept'; readonly reason: HostKeyTrust['reason']; readonly write: 'nothing' | 'add' | 'replace' }
  | { readonly kind: 'ask'; readonly because: WhyUnvouched }
  | { readonly kind: 'look-at-console' }
  | { readonly kind: 'changed'; readonly expected: readonly string[]; readonly file?: string; readonly line?: number }
  | { readonly kind: 'revoked' }

/** Nothing is accepted unless somebody or something vouched for it. Pure; the order is the rank of the witnesses. */
export function decideTrust({ fingerprint, knownHosts, instance }: TrustFacts): TrustDecision {
  if (knownHosts.kind === 'revoked') return { kind: 'revoked' }
  if (!instance) return byKnownHosts(knownHosts, 'not-an-instance')

  // An instance's own keys outrank its address, which may be new (no alarm) or have been another machine's (see `writing`).
  if (instance.remembered) {
    const { reason, fingerprints } = instance.remembered
    if (!fingerprints.includes(fingerprint)) return { kind: 'changed', expected: fingerprints }
    return { kind: 'accept', reason: reason === 'verified-by-aws' ? reason : 'known-instance', write: writing(knownHosts, instance) }
  }
  if (knownHosts.kind === 'known') return { kind: 'accept', reason: 'known', write: 'nothing' }

  const { console } = instance
  if (!console) return { kind: 'look-at-console' }
  if (console.kind === 'names-it') return { kind: 'accept', reason: 'verified-by-aws', write: writing(knownHosts, instance) }
  if (console.kind === 'names-others') return { kind: 'changed', expected: console.fingerprints }
  return byKnownHosts(knownHosts, console.because)
}

function byKnownHosts(verdict: KnownHostVerdict, because: WhyUnvouched): TrustDecision {
  switch (verdict.kind) {
    case 'known':
      return { kind: 'accept', reason: 'known', write: 'nothing' }
    case 'changed': {
      const [first] = verdict.expected
      const place = first ? { file: first.file, line: first.line } : {}
      return { kind: 'changed', expected: verdict.expected.map((entry) => entry.fingerprint), ...place }
    }
    case 'revoked':
      return { kind: 'revoked' }
    case 'unknown':
      return { kind: 'ask', because }
  }
}

/**
 * EC2 hands the addresses of one machine to the next, so a known_hosts entry that contradicts what the instance itself has proved
 * is about a machine that was there before: it is replaced, or ssh would raise an alarm for good. That holds for an address
 * that AWS gave. Under a name of the person's own (~/.ssh/config) somebody wrote that entry on purpose: it is left alone.
 */
function writing(knownHosts: KnownHostVerdict, { ownAddress }: InstanceTrust): 'nothing' | 'add' | 'replace' {
  if (knownHosts.kind === 'unknown') return 'add'
  return knownHosts.kind === 'changed' && ownAddress ? 'replace' : 'nothing'
}
