import type { EC2 } from '@aws-sdk/client-ec2'
import type { Waiter } from '../../contract/models/change.ts'

/** The writes that a change may be made of: nothing else can be called through it. */
export type Action =
  | 'StartInstances'
  | 'StopInstances'
  | 'RebootInstances'
  | 'TerminateInstances'
  | 'ModifyInstanceAttribute'
  | 'ModifyInstanceMetadataOptions'
  | 'CreateTags'
  | 'DeleteTags'
  | 'CreateImage'
  | 'CreateSnapshots'
  | 'DeregisterImage'
  | 'DeleteSnapshot'
  | 'CreateSecurityGroup'
  | 'DeleteSecurityGroup'
  | 'ModifyNetworkInterfaceAttribute'
  | 'AuthorizeSecurityGroupIngress'
  | 'AuthorizeSecurityGroupEgress'
  | 'RevokeSecurityGroupEgress'
type Input<Name extends Action> = NonNullable<Parameters<EC2[Uncapitalize<Name>]>[0]>

/** One call. A string of its input that is `$NAME` stands for what an earlier one saved under that name. */
export type CallStep = {
  [Name in Action]: {
    readonly kind: 'call'
    readonly action: Name
    readonly input: Input<Name>
    /** Where in the answer, as the CLI's --query names it: `Snapshots[].SnapshotId`. */
    readonly saves?: { readonly name: string; readonly path: string }
  }
}[Action]
export interface WaitStep {
  readonly kind: 'wait'
  readonly waiter: Waiter
  readonly ids: readonly string[]
}
/** Plain data: a change is shown, carried out and written down from the same steps. */
export type Step = CallStep | WaitStep

export function call<Name extends Action>(action: Name, input: Input<Name>, saves?: CallStep['saves']): CallStep {
  return { kind: 'call', action, input, ...(saves ? { saves } : {}) } as unknown as CallStep
}
export function wait(waiter: Waiter, ...ids: string[]): WaitStep {
  return { kind: 'wait', waiter, ids }
}

export type Saved = Readonly<Record<string, readonly string[]>>

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
