import type { InstanceRef } from '../../contract/models/instance.ts'
import type { RuleContent } from '../../contract/models/network.ts'
import type { Step } from './step.ts'

export type Place = Pick<InstanceRef, 'profile' | 'region'>

export interface NetworkInterface {
  readonly id: string
  readonly groupIds: readonly string[]
  readonly subnetId: string
  readonly vpcId: string
  /** Absent: it is none of an instance's. */
  readonly instanceId?: string | undefined
  readonly description: string
  /** The first one is where an instance's public address is, unless another says so. */
  readonly deviceIndex: number
  readonly publicAddresses: readonly string[]
  readonly ipv6Addresses: readonly string[]
  readonly privateAddresses: readonly string[]
}
export interface GroupFacts {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpcId: string
}
export interface RuleFacts extends RuleContent {
  readonly id: string
  readonly groupId: string
  /** What `MARK_TAG` says. */
  readonly mark?: string | undefined
}
export interface StatusFacts {
  readonly system: string
  readonly instance: string
  readonly disks: string
}
export interface RouteFacts {
  readonly cidr: string
  readonly target: string
  readonly active: boolean
}
export interface AclEntry {
  readonly number: number
  readonly egress: boolean
  /** A number, or -1 for all. */
  readonly protocol: string
  readonly allow: boolean
  readonly cidr: string
  readonly fromPort?: number | undefined
  readonly toPort?: number | undefined
}

/** What AWS says about networks, and the calls that change security groups. Throws UserErrors only. */
export interface NetworkCalls {
  interfacesOf(ref: InstanceRef): Promise<readonly NetworkInterface[]>
  interfacesIn(place: Place, groupIds: readonly string[] | 'all'): Promise<readonly NetworkInterface[]>
  groups(place: Place, filter: { readonly ids: readonly string[] } | { readonly vpcId: string } | 'all'): Promise<readonly GroupFacts[]>
  rules(place: Place, groupIds: readonly string[] | 'all'): Promise<readonly RuleFacts[]>
  prefixLists(place: Place): Promise<readonly { readonly id: string; readonly name: string }[]>
  prefixListCidrs(place: Place, id: string): Promise<readonly string[]>
  status(ref: InstanceRef): Promise<StatusFacts | undefined>
  /** Those of the subnet's own table, or of the VPC's main one. */
  routes(place: Place, where: { readonly subnetId: string; readonly vpcId: string }): Promise<readonly RouteFacts[]>
  aclEntries(place: Place, subnetId: string): Promise<{ readonly id: string; readonly entries: readonly AclEntry[] } | undefined>
  /** EC2's InternetGatewayBlockMode: `off`, `block-bidirectional`, `block-ingress`. */
  blockPublicAccess(place: Place): Promise<string>
  /** Returns the ids of the rules that it made. */
  carryOut(place: Place, step: Step): Promise<readonly string[]>
  /** Throws AWS_NOT_ALLOWED, or what else AWS would answer. */
  dryRun(place: Place, step: Step): Promise<void>
}
