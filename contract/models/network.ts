import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { instanceRef } from './instance.ts'

export const ruleDirection = z.enum(['inbound', 'outbound'])
export type RuleDirection = z.infer<typeof ruleDirection>

/** Whom a rule lets in, or where it lets out to. */
export const rulePeer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ipv4'), cidr: z.string() }),
  z.object({ kind: z.literal('ipv6'), cidr: z.string() }),
  z.object({ kind: z.literal('group'), groupId: z.string(), name: z.string().optional() }),
  z.object({ kind: z.literal('prefix-list'), prefixListId: z.string(), name: z.string().optional() }),
])
export type RulePeer = z.infer<typeof rulePeer>

/** EC2's IpProtocol: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or a number. Ports are absent for all; for ICMP they are type and code. */
const traffic = { protocol: z.string(), fromPort: z.int().optional(), toPort: z.int().optional() }

/** How long a rule stays. `mooring`: until Mooring ends. Kept on disk, and carried out at the next start where the app died. */
export const ruleEnd = z.enum(['keep', 'hour', 'mooring'])
export type RuleEnd = z.infer<typeof ruleEnd>

export const securityRule = z.object({
  id: z.string(),
  groupId: z.string(),
  direction: ruleDirection,
  ...traffic,
  peer: rulePeer,
  description: z.string(),
  /** Whether this computer's address is all that it is about, or among others. */
  thisComputer: z.enum(['only', 'among']).optional(),
  /** `at` ISO 8601: when Mooring removes it. Absent: with Mooring's end. */
  ends: z.object({ at: z.string().optional() }).optional(),
})
export type SecurityRule = z.infer<typeof securityRule>

export const securityGroup = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Other instances, by name or id, and network interfaces of anything else, that a change would reach as well. */
  sharedWith: z.array(z.string()),
})
export type SecurityGroup = z.infer<typeof securityGroup>

/** `duplicate`: says the same as `by`. `shadowed`: `by` lets all of it through already. `overlap`: `by` lets a part of it through. */
export const ruleFinding = z.object({ ruleId: z.string(), kind: z.enum(['duplicate', 'shadowed', 'overlap']), by: z.string() })
export type RuleFinding = z.infer<typeof ruleFinding>

/** This computer's address as the internet sees it, and who said so; or why nobody could be asked. */
export const ownAddress = z.union([z.object({ address: z.string(), from: z.string() }), z.object({ error: userErrorData })])
export type OwnAddress = z.infer<typeof ownAddress>

/** Of the instance, in the order of its devices. */
export const instanceInterface = z.object({ id: z.string(), address: z.string(), groupIds: z.array(z.string()) })
export type InstanceInterface = z.infer<typeof instanceInterface>

/** Of all network interfaces of an instance together. */
export const instanceNetwork = z.object({
  /** Absent: they may not be listed. */
  interfaces: z.array(instanceInterface).optional(),
  groups: z.array(securityGroup),
  rules: z.array(securityRule),
  findings: z.array(ruleFinding),
  ownAddress,
})
export type InstanceNetwork = z.infer<typeof instanceNetwork>

/** What a rule can be about besides addresses. */
export const peerChoices = z.object({
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  prefixLists: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type PeerChoices = z.infer<typeof peerChoices>

/** Whose rules are changed: an instance's, or those of one group, whoever has it. */
export const networkTarget = z.union([instanceRef, z.object({ profile: z.string(), region: z.string(), groupId: z.string() })])
export type NetworkTarget = z.infer<typeof networkTarget>

export const wantedPeer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('this-computer') }),
  /** IPv4 and IPv6: two rules. */
  z.object({ kind: z.literal('anyone') }),
  /** An address alone means itself. */
  z.object({ kind: z.literal('cidr'), cidr: z.string().trim().max(64) }),
  z.object({ kind: z.literal('group'), groupId: z.string().max(64) }),
  z.object({ kind: z.literal('prefix-list'), prefixListId: z.string().max(64) }),
])
export type WantedPeer = z.infer<typeof wantedPeer>

export const ruleProtocol = z.enum(['tcp', 'udp', 'icmp', 'icmpv6', '-1'])
/** EC2 API Reference, IpRange: what a description may hold. */
export const ruleDescription = z
  .string()
  .trim()
  .max(255)
  .regex(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/)

export const wantedRule = z.object({
  direction: ruleDirection,
  protocol: ruleProtocol,
  fromPort: z.int().min(-1).max(65535).optional(),
  toPort: z.int().min(-1).max(65535).optional(),
  peer: wantedPeer,
  description: ruleDescription,
})
export type WantedRule = z.infer<typeof wantedRule>

export const networkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), groupId: z.string().max(64), rule: wantedRule, end: ruleEnd }),
  /** The kind of whom it is about cannot be changed (EC2 refuses); `anyone` then means anyone of the same version. */
  z.object({ kind: z.literal('edit'), ruleId: z.string().max(64), rule: wantedRule }),
  z.object({ kind: z.literal('remove'), ruleId: z.string().max(64) }),
])
export type NetworkChange = z.infer<typeof networkChange>

/** A rule as it will be, or was. */
export const ruleContent = z.object({ direction: ruleDirection, ...traffic, peer: rulePeer, description: z.string() })
export type RuleContent = z.infer<typeof ruleContent>

/** What a change would do, exactly: `apply` carries out this and nothing else. */
export const preparedChange = z.object({
  id: z.string(),
  group: securityGroup,
  before: z.array(ruleContent),
  after: z.array(ruleContent),
  end: ruleEnd,
  /** The equivalent call of the AWS CLI, for a POSIX shell. */
  command: z.string(),
  /** As IAM names it. */
  action: z.string(),
  /** What DryRun said. `unknown`: it could not be asked. */
  allowed: z.enum(['yes', 'no', 'unknown']),
  /** Why not. */
  problem: userErrorData.optional(),
  /** Rules that do already what an added one would. */
  findings: z.array(ruleFinding.omit({ ruleId: true }).extend({ rule: ruleContent })),
})
export type PreparedChange = z.infer<typeof preparedChange>

export const undoable = z.object({ undo: z.string() })
