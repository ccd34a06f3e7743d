import { accountChange, type ChangeTarget } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { commandLine } from './command-line.ts'
import type { Wanted } from './prepare.ts'
import { filledIn, type Saved } from './step.ts'
import type { TargetUnderWay } from './under-way.ts'

/** Something of it was done, or may have been, and something was not. */
export function isUnfinished({ steps, stand: { next, begun } }: TargetUnderWay): boolean {
  return (next > 0 || begun) && next < steps.length
}

/** Nothing is written by going on with it, so nobody has to be asked. */
export function onlyWaits(target: TargetUnderWay | undefined): boolean {
  return target?.steps.slice(target.stand.next).every(({ kind }) => kind === 'wait') ?? false
}

/** What AWS has said will never be is not waited for again; what nobody wanted to wait for goes on by itself. */
export function canGoOn(target: TargetUnderWay, phase: ChangeTarget['phase'] | undefined): boolean {
  if (phase === 'left') return !onlyWaits(target)
  return phase === 'interrupted' || target.steps[target.stand.next]?.kind !== 'wait'
}

export function stepsOf({ ref, steps, stand: { next, begun, saved } }: TargetUnderWay): NonNullable<ChangeTarget['steps']> {
  return steps.map((step, index) => ({
    command: commandLine(filledIn(step, saved), ref),
    state: index < next ? 'done' : index === next && begun ? 'unsure' : 'open',
  }))
}

/** Of a launch: the instance that it made, once it has. */
export function instanceOf(ref: InstanceRef, saved: Saved): InstanceRef {
  return { ...ref, instanceId: ref.instanceId || (saved.INSTANCE?.[0] ?? '') }
}

/** What takes back as much of it as was done. */
export function undoOf({ ref, steps, undo, stand: { next, saved } }: TargetUnderWay): Wanted | undefined {
  const done = steps.slice(0, next).some((step) => !step.prepares)
  if (!undo || !done || instanceOf(ref, saved).instanceId === '') return undefined
  const text = JSON.stringify(undo)
  const missing = steps.some(
    (step) => step.kind !== 'wait' && step.saves && !saved[step.saves.name] && text.includes(`"$${step.saves.name}"`),
  )
  const change = accountChange.safeParse(filledIn(undo, saved))
  return change.success && !missing ? { ref: instanceOf(ref, saved), change: change.data } : undefined
}
