import { describe, expect, test } from 'vitest'
import { type ConsoleWitness, decideTrust, type InstanceTrust, type TrustDecision } from '../../../core/reach/trust.ts'
import type { KnownHost, KnownHostVerdict } from '../../../core/ssh/known-hosts.ts'

const entry = (fingerprint: string): KnownHost => ({
  file: '/home/me/.ssh/known_hosts',
  line: 7,
  fingerprint,
  marker: undefined,
  hosts: 'web',
  type: 'ssh-ed25519',
  blob: Buffer.from(fingerprint),
})
const KNOWN: KnownHostVerdict = { kind: 'known' }
const UNKNOWN: KnownHostVerdict = { kind: 'unknown' }
const CHANGED: KnownHostVerdict = { kind: 'changed', expected: [entry('SHA256:old')] }
const REVOKED: KnownHostVerdict = { kind: 'revoked', by: entry('SHA256:new') }

const NAMES_IT: ConsoleWitness = { kind: 'names-it' }
const NAMES_OTHERS: ConsoleWitness = { kind: 'names-others', fingerprints: ['SHA256:printed'] }
const SILENT: ConsoleWitness = { kind: 'silent', because: 'console-without-keys' }
const SAME = { reason: 'accepted', fingerprints: ['SHA256:new', 'SHA256:second'] } as const
const OTHER = { reason: 'accepted', fingerprints: ['SHA256:before'] } as const
const VERIFIED = { reason: 'verified-by-aws', fingerprints: ['SHA256:new'] } as const

const accept = (reason: string, write: string) => ({ kind: 'accept', reason, write }) as TrustDecision
const FILE = { file: '/home/me/.ssh/known_hosts', line: 7 }
const decide = (knownHosts: KnownHostVerdict, instance?: InstanceTrust) => decideTrust({ fingerprint: 'SHA256:new', knownHosts, instance })

describe('a host', () => {
  const table: readonly (readonly [string, KnownHostVerdict, TrustDecision])[] = [
    ['known', KNOWN, accept('known', 'nothing')],
    ['new', UNKNOWN, { kind: 'ask', because: 'not-an-instance' }],
    ['changed', CHANGED, { kind: 'changed', expected: ['SHA256:old'], ...FILE }],
    ['revoked', REVOKED, { kind: 'revoked' }],
  ]
  for (const [what, knownHosts, expected] of table) test(what, () => expect(decide(knownHosts)).toEqual(expected))
})

describe('an instance', () => {
  const table: readonly (readonly [string, KnownHostVerdict, InstanceTrust['remembered'], ConsoleWitness | undefined, TrustDecision])[] = [
    ['that is new is looked up in its console', UNKNOWN, undefined, undefined, { kind: 'look-at-console' }],
    ['that its console names is verified', UNKNOWN, undefined, NAMES_IT, accept('verified-by-aws', 'add')],
    ['whose console names another key is refused', UNKNOWN, undefined, NAMES_OTHERS, { kind: 'changed', expected: ['SHA256:printed'] }],
    ['whose console is silent is asked about', UNKNOWN, undefined, SILENT, { kind: 'ask', because: 'console-without-keys' }],
    ['that ssh knows needs no console', KNOWN, undefined, undefined, accept('known', 'nothing')],
    ['with a known key is known, without its console', UNKNOWN, SAME, undefined, accept('known-instance', 'add')],
    ['that AWS verified before stays so', KNOWN, VERIFIED, undefined, accept('verified-by-aws', 'nothing')],
    ['with a new key is refused', UNKNOWN, OTHER, undefined, { kind: 'changed', expected: ['SHA256:before'] }],
    ['with a new key is refused even if ssh knows it', KNOWN, OTHER, undefined, { kind: 'changed', expected: ['SHA256:before'] }],
    ['with a new key is refused even if the console names it', UNKNOWN, OTHER, NAMES_IT, { kind: 'changed', expected: ['SHA256:before'] }],
    [
      'at an address that was another machine’s is refused',
      CHANGED,
      undefined,
      SILENT,
      { kind: 'changed', expected: ['SHA256:old'], ...FILE },
    ],
    ['at such an address is looked up first', CHANGED, undefined, undefined, { kind: 'look-at-console' }],
    ['at such an address, verified by its console, takes it over', CHANGED, undefined, NAMES_IT, accept('verified-by-aws', 'replace')],
    ['at such an address, known itself, takes it over', CHANGED, SAME, undefined, accept('known-instance', 'replace')],
    ['with a revoked key is refused, whoever vouches', REVOKED, SAME, NAMES_IT, { kind: 'revoked' }],
  ]
  for (const [what, knownHosts, remembered, console, expected] of table) {
    test(what, () => expect(decide(knownHosts, { remembered, console, ownAddress: true })).toEqual(expected))
  }

  test('under a name of the person’s own leaves a contradicting entry alone', () => {
    const facts = { console: NAMES_IT, ownAddress: false }
    expect(decide(CHANGED, { remembered: undefined, ...facts })).toEqual(accept('verified-by-aws', 'nothing'))
    expect(decide(CHANGED, { remembered: SAME, ...facts })).toEqual(accept('known-instance', 'nothing'))
    expect(decide(UNKNOWN, { remembered: undefined, ...facts })).toEqual(accept('verified-by-aws', 'add'))
  })
})

test('no set of facts leads to trust unless one of them vouches for this very key', () => {
  for (const knownHosts of [KNOWN, UNKNOWN, CHANGED, REVOKED]) {
    for (const remembered of [undefined, SAME, OTHER, VERIFIED]) {
      for (const console of [undefined, NAMES_IT, NAMES_OTHERS, SILENT]) {
        const vouched = knownHosts === KNOWN || remembered === SAME || remembered === VERIFIED || console === NAMES_IT
        const { kind } = decide(knownHosts, { remembered, console, ownAddress: true })
        if (kind === 'accept') expect({ vouched, revoked: knownHosts === REVOKED }).toEqual({ vouched: true, revoked: false })
      }
    }
  }
})
