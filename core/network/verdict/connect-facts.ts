import type { InstanceState } from '../../../contract/models/instance.ts'
import type { AclEntry, GroupFacts, RouteFacts, RuleFacts, StatusFacts } from '../network-calls.ts'

export type ProbeResult =
  | { readonly kind: 'banner'; readonly software: string }
  | { readonly kind: 'timeout' | 'refused' | 'reset' | 'no-banner' | 'no-route' | 'unknown-name' }

/** Everything a verdict rests on. `undefined`: it could not be found out. */
export interface ConnectFacts {
  readonly state: InstanceState
  readonly windows: boolean
  readonly port: number
  /** Which of the instance's addresses the connection goes to. `elsewhere`: one that the person's own configuration names. */
  readonly way: 'public' | 'ipv6' | 'private' | 'elsewhere' | 'none'
  readonly address: string | undefined
  /** As the internet sees it, of the version that the way is of. */
  readonly ownAddress: string | undefined
  /** Who makes a rule, and when: its description. */
  readonly author: { readonly user: string; readonly date: string }
  readonly status: StatusFacts | undefined
  readonly blockPublicAccess: string | undefined
  readonly routes: readonly RouteFacts[] | undefined
  readonly acl: { readonly id: string; readonly entries: readonly AclEntry[] } | undefined
  /** Of the network interface that the address is on; `shared`: with how many others. */
  readonly groups: readonly (Pick<GroupFacts, 'id' | 'name'> & { readonly shared: number })[] | undefined
  readonly rules: readonly RuleFacts[] | undefined
  /** Of the lists that the rules name. */
  readonly prefixLists: ReadonlyMap<string, readonly string[]>
  readonly probe: ProbeResult | undefined
}
