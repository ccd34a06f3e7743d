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
  readonly publicAddress?: string | undefined
  /** The address is the account's own and stays. */
  readonly elastic: boolean
  readonly tags: Readonly<Record<string, string>>
  readonly volumes: readonly { readonly id: string; readonly device: string; readonly goesWithInstance: boolean; readonly root: boolean }[]
  readonly vpcId: string
  readonly interfaces: readonly { readonly id: string; readonly groupIds: readonly string[] }[]
  readonly protectedFrom: { readonly termination: boolean; readonly stop: boolean }
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
  /** Throws AWS_REFUSED for one that is gone. */
  groups(place: Place, ids: readonly string[]): Promise<readonly ChangedGroup[]>
  /** The answer, as the service gave it. */
  send(place: Place, step: CallStep): Promise<unknown>
  /** Throws AWS_NOT_ALLOWED, or what else AWS would answer. */
  dryRun(place: Place, step: CallStep): Promise<void>
  progress(place: Place, waiter: Waiter, ids: readonly string[], signal: AbortSignal): Promise<Progress>
}
