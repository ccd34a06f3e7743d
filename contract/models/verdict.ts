import { z } from 'zod'
import { networkChange } from './network.ts'

/** The way of a packet from this computer to sshd and back, in the order in which it is looked at. */
export const pathLinks = [
  'this-computer', // known {address}
  'state', // running, not-running {state}
  'address', // public {address}, ipv6 {address}, private {address}, elsewhere {address}, none
  'block-public-access', // off, on {mode}
  'route', // igw {target}, none, blackhole {target}, nat {target}, egress-only {target}, other {target}
  'acl-in', // allowed {number}, denied {number} {acl}
  'security-groups', // allowed {group} {peer}, none {groups} {port}, changed {old}, no-groups
  'acl-out', // allowed, denied {acl}, partly {acl}
  'status', // ok, system, instance, initializing
  'answer', // banner {software}, timeout, refused, reset, no-banner, no-route, unknown-name
] as const
export const pathLink = z.object({
  link: z.enum(pathLinks),
  /** `unknown`: it could not be found out. `skipped`: it is not on this way, or comes after what is broken for certain. */
  outcome: z.enum(['ok', 'broken', 'unknown', 'skipped']),
  /** The words are under `path.<link>.<code>`; `unknown` and `skipped` have one word each. */
  code: z.string(),
  params: z.record(z.string(), z.string()),
})
export type PathLink = z.infer<typeof pathLink>

/** What is to be done where Mooring cannot do it: `advice.<code>`. */
export const adviceCodes = [
  'wait-for-state', // {state}
  'terminated',
  'no-address',
  'private-address',
  'block-public-access',
  'no-gateway',
  'blackhole', // {target}
  'nat', // {target}
  'egress-only',
  'other-way', // {target}
  'acl-in', // {acl} {number} {port}
  'acl-out', // {acl}
  'own-address-unknown',
  'no-groups',
  'status-system',
  'status-instance',
  'status-initializing',
  'timeout', // {port}
  'refused', // {port}
  'reset',
  'no-banner',
  'no-route',
  'unknown-name',
  'windows',
  'reachable',
] as const

export const remedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  /** A rule for this computer's address alone. */
  z.object({ kind: z.literal('allow'), change: networkChange, address: z.string(), port: z.string(), group: z.string() }),
  /** This computer's address changed since Mooring made its rule: the rule is changed, not added to. */
  z.object({ kind: z.literal('replace'), change: networkChange, address: z.string(), old: z.string() }),
  z.object({ kind: z.literal('advice'), code: z.enum(adviceCodes), params: z.record(z.string(), z.string()) }),
])
export type Remedy = z.infer<typeof remedy>

export const verdict = z.object({ links: z.array(pathLink), broken: z.enum(pathLinks).optional(), remedy })
export type Verdict = z.infer<typeof verdict>
