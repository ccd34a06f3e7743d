import type { DLM } from '@aws-sdk/client-dlm'
import type { EC2 } from '@aws-sdk/client-ec2'
import type { Waiter } from '../../contract/models/change.ts'
import type { HostStep } from './host-step.ts'

/** The writes that a change may be made of: nothing else can be called through it. */
const ofEc2 = [
  'StartInstances',
  'StopInstances',
  'RebootInstances',
  'TerminateInstances',
  'ModifyInstanceAttribute',
  'CreateTags',
  'DeleteTags',
  'CreateImage',
  'CreateSnapshots',
  'DeregisterImage',
  'DeleteSnapshot',
  'CreateReplaceRootVolumeTask',
  'CreateVolume',
  'AttachVolume',
  'DetachVolume',
  'DeleteVolume',
  'CopyImage',
  'CopySnapshot',
  'ModifyImageAttribute',
  'ModifySnapshotAttribute',
  'ImportKeyPair',
  'CreateSecurityGroup',
  'AuthorizeSecurityGroupIngress',
  'RunInstances',
  'ModifyInstanceMetadataOptions',
  'DeleteSecurityGroup',
  'ModifyNetworkInterfaceAttribute',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupEgress',
] as const
/** Those of Data Lifecycle Manager, which knows no DryRun. */
const ofDlm = ['CreateLifecyclePolicy', 'UpdateLifecyclePolicy', 'DeleteLifecyclePolicy'] as const
export const actions = [...ofEc2, ...ofDlm] as const
type Action = (typeof actions)[number]
type Ec2Action = (typeof ofEc2)[number]
type DlmAction = (typeof ofDlm)[number]
type Input<Name extends Action> = NonNullable<
  Name extends DlmAction ? Parameters<DLM[Uncapitalize<Name>]>[0] : Name extends Ec2Action ? Parameters<EC2[Uncapitalize<Name>]>[0] : never
>

/** One call. A string of its input that is `$NAME` stands for what an earlier one saved under that name. */
export type CallStep = {
  [Name in Action]: {
    readonly kind: 'call'
    readonly action: Name
    readonly input: Input<Name>
    /** Where in the answer, as the CLI's --query names it: `Snapshots[].SnapshotId`. */
    readonly saves?: { readonly name: string; readonly path: string }
    /** Where it is not the change's own. */
    readonly region?: string
    /** It only makes a way back: when nothing else was done, there is nothing to take back. */
    readonly prepares?: true
  }
}[Action]
export interface WaitStep {
  readonly kind: 'wait'
  readonly waiter: Waiter
  readonly ids: readonly string[]
  readonly region?: string
  readonly prepares?: true
}
/** Plain data: a change is shown, carried out and written down from the same steps. */
export type Step = CallStep | WaitStep | HostStep

/** As IAM and the CLI call it. */
export function serviceOf(action: Action): 'ec2' | 'dlm' {
  return ofDlm.some((each) => each === action) ? 'dlm' : 'ec2'
}

export function call<Name extends Action>(action: Name, input: Input<Name>, saves?: CallStep['saves']): CallStep {
  return { kind: 'call', action, input, ...(saves ? { saves } : {}) } as unknown as CallStep
}
export function wait(waiter: Waiter, ...ids: string[]): WaitStep {
  return { kind: 'wait', waiter, ids }
}

export function prepares(step: Step): Step {
  return { ...step, prepares: true }
}
export function inRegion(step: Step, region: string): Step {
  return { ...step, region }
}
export function placeOf<Place extends { readonly region: string }>({ region }: Step, place: Place): Place {
  return region ? { ...place, region } : place
}

export type Saved = Readonly<Record<string, readonly string[]>>

/** What is made by a change carries this tag with the change's mark, so that it is found when AWS's answer was lost. */
export const MARK_TAG = 'mooring:change'

/** The input with what earlier calls saved in the place of its names. */
export function filledIn<Value>(value: Value, saved: Saved): Value {
  const fill = (inner: unknown): unknown => {
    if (typeof inner === 'string') return saved[nameIn(inner) ?? '']?.[0] ?? inner
    if (Array.isArray(inner)) return inner.flatMap<unknown>((each) => saved[nameIn(each) ?? ''] ?? [fill(each)])
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, fill(each)]))
  }
  return fill(value) as Value
}

/** Whether an earlier call's answer is still missing in it. */
export function isOpen(value: unknown): boolean {
  return JSON.stringify(value).includes('"$')
}

export function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\$([A-Z]+)$/.exec(value)?.[1] : undefined
}

/** What a call saves: the strings at a path of its answer. */
export function valuesAt(answer: unknown, path: string): readonly string[] {
  let found: readonly unknown[] = [answer]
  for (const key of path.replaceAll('[]', '.*').replaceAll('[0]', '.0').split('.')) {
    found = found.flatMap<unknown>((value) =>
      key === '*' ? (Array.isArray(value) ? value : []) : [(value as Record<string, unknown> | undefined)?.[key]],
    )
  }
  return found.filter((value): value is string => typeof value === 'string')
}
