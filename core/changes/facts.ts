import type { PolicyDetails } from '@aws-sdk/client-dlm'
import type { Waiter } from '../../contract/models/change.ts'
import type { InstanceRef, InstanceState } from '../../contract/models/instance.ts'
import type { RuleContent } from '../../contract/models/network.ts'
import type { CallStep } from './step.ts'

export type Place = Pick<InstanceRef, 'profile' | 'region'>

/** What decides how a change to an instance is made. */
export interface MachineFacts {
  readonly instanceId: string
  readonly name: string
  readonly state: InstanceState
  readonly type: string
  /** On a Dedicated Host or in a Capacity Block: its hours cost nothing more. */
  readonly paidApart?: boolean | undefined
  readonly publicAddress?: string | undefined
  /** The address is the account's own and stays. */
  readonly elastic: boolean
  readonly tags: Readonly<Record<string, string>>
  readonly volumes: readonly { readonly id: string; readonly device: string; readonly goesWithInstance: boolean; readonly root: boolean }[]
  /** The availability zone. */
  readonly zone: string
  readonly vpcId: string
  readonly interfaces: readonly { readonly id: string; readonly groupIds: readonly string[] }[]
  readonly protectedFrom: { readonly termination: boolean; readonly stop: boolean }
}

export interface ImageFacts {
  readonly id: string
  readonly name: string
  readonly architecture: string
  readonly rootDevice: string
  readonly sizeGiB: number
  readonly snapshotIds: readonly string[]
}

export interface SnapshotFacts {
  readonly name: string
  readonly sizeGiB: number
}

/** A policy of Data Lifecycle Manager, as it gives it itself. */
export interface PolicyFacts {
  readonly id: string
  readonly description: string
  readonly state: string
  readonly roleArn: string
  readonly details: PolicyDetails
}

export interface AccountFacts {
  readonly id: string
  /** As ARNs begin with it: `aws`, `aws-cn`. */
  readonly partition: string
}

/** What a plan is made from. `mark` is its own: what it makes is found again by it. */
export interface PlanFacts {
  readonly machine: MachineFacts
  readonly place: Place
  readonly mark: string
  readonly image?: ImageFacts
  readonly snapshot?: SnapshotFacts
  /** Of the policy that the change names. */
  readonly policy?: PolicyFacts
  /** Where the change names a role of it. */
  readonly account?: AccountFacts
  /** Those that `groupsIn` names. */
  readonly groups: readonly ChangedGroup[]
}

/** A security group that a change is about. */
export interface ChangedGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly rules: readonly RuleContent[]
}

/** How far something is that is waited for. */
export interface Progress {
  readonly done: boolean
  /** Why it will never be. */
  readonly failed?: string | undefined
  readonly percent?: number | undefined
}

/** What AWS says about things that are to be changed, and the calls that change them. Throws UserErrors only. */
export interface ChangeCalls {
  machine(ref: InstanceRef): Promise<MachineFacts>
  /** Throws AWS_REFUSED where there is none. */
  image(place: Place, imageId: string): Promise<ImageFacts>
  snapshot(place: Place, snapshotId: string): Promise<SnapshotFacts>
  /** Throws AWS_REFUSED where there is none. */
  policy(place: Place, policyId: string): Promise<PolicyFacts>
  account(place: Place): Promise<AccountFacts>
  /** Throws AWS_REFUSED for one that is gone. */
  groups(place: Place, ids: readonly string[]): Promise<readonly ChangedGroup[]>
  /** The answer, as the service gave it. */
  send(place: Place, step: CallStep): Promise<unknown>
  /** Throws AWS_NOT_ALLOWED, or what else AWS would answer. */
  dryRun(place: Place, step: CallStep): Promise<void>
  /** The ids of what this call has made already, found by the mark in its tags; none where it has no mark. */
  made(place: Place, step: CallStep): Promise<readonly string[]>
  progress(place: Place, waiter: Waiter, ids: readonly string[], signal: AbortSignal): Promise<Progress>
}
