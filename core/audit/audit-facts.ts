import type { GroupFacts, NetworkInterface, Place, RuleFacts } from '../network/network-calls.ts'

export interface MetadataFacts {
  readonly instanceId: string
  readonly name: string
  /** EC2's HttpTokens and HttpEndpoint. */
  readonly tokens: string
  readonly endpoint: string
}
export interface VolumeFacts {
  readonly id: string
  readonly name: string
  readonly sizeGiB: number
  readonly encrypted: boolean
  readonly attachedTo: readonly string[]
}

/** All of one region. Undefined: it could not be looked at, so nothing is said of it. */
export interface AuditFacts {
  readonly place: Place
  readonly groups: readonly GroupFacts[] | undefined
  readonly rules: readonly RuleFacts[] | undefined
  readonly interfaces: readonly NetworkInterface[] | undefined
  readonly instances: readonly MetadataFacts[] | undefined
  readonly volumes: readonly VolumeFacts[] | undefined
}

/** Free read-only calls. Throws UserErrors only. */
export interface AuditCalls {
  groups(place: Place): Promise<readonly GroupFacts[]>
  rules(place: Place): Promise<readonly RuleFacts[]>
  interfaces(place: Place): Promise<readonly NetworkInterface[]>
  instances(place: Place): Promise<readonly MetadataFacts[]>
  volumes(place: Place): Promise<readonly VolumeFacts[]>
}
