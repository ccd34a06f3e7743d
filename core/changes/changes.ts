import { randomUUID } from 'node:crypto'
import type {
  AccountChange,
  ChangeRequest,
  ChangeState,
  ChangeTarget,
  PreparedChanges,
  PreparedTarget,
} from '../../contract/models/change.ts'
import type { InstanceAction, InstanceRef } from '../../contract/models/instance.ts'
import type { Activity } from '../activity/activity.ts'
import { recorded } from '../activity/recorded.ts'
import { eachAtOnce } from '../files/each-at-once.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import { actionOf, commandLine } from './command-line.ts'
import type { ChangeCalls, MachineFacts } from './facts.ts'
import { type Plan, plan } from './plan.ts'
import { groupsIn } from './plan-groups.ts'
import { run } from './run.ts'
import { type CallStep, call, filledIn, type Saved } from './step.ts'

/** As in the contract. */
export interface Changes {
  readonly state: ReadonlyState<ChangeState[]>
  prepare(request: ChangeRequest): Promise<PreparedChanges>
  /** Does what was prepared, and nothing else. Returns when it has begun; the state tells. Throws UserError NOT_FOUND. */
  apply(id: string): { id: string }
  /** One thing at once, where the button that asks for it says all. */
  act(ref: InstanceRef, action: InstanceAction): Promise<void>
  /** What takes it back, prepared. Throws UserError NOT_FOUND. */
  prepareUndo(id: string): Promise<PreparedChanges>
  /** Ends the wait; AWS goes on. */
  leave(id: string): void
  /** Forgets those that are over. */
  clear(): void
  close(): void
}

export interface ChangesOptions {
  readonly calls: ChangeCalls
  readonly activity: Activity
  /** The list of instances is to follow what becomes of these. */
  follow(ref: InstanceRef): void
  /** Orders it and follows it. */
  order(ref: InstanceRef, action: InstanceAction): Promise<void>
}

interface Planned {
  readonly ref: InstanceRef
  readonly name: string
  readonly plan: Plan
}
interface PlannedChange {
  readonly kind: AccountChange['kind']
  readonly cause: 'person' | 'undo'
  readonly targets: readonly Planned[]
}

/** A person looks at one at a time, and may change their mind. */
const KEPT = 50
/** AWS allows a person few calls a second. */
const AT_ONCE = 8

export function createChanges({ calls, activity, follow, order }: ChangesOptions): Changes {
  const state = createState<ChangeState[]>([])
  const prepared = new Map<string, PlannedChange>()
  const undos = new Map<string, readonly { readonly ref: InstanceRef; readonly change: AccountChange }[]>()
  const waits = new Map<string, AbortController>()

  const update = (id: string, change: (job: ChangeState) => ChangeState) =>
    state.update((jobs) => jobs.map((job) => (job.id === id ? change(job) : job)))

  async function prepareAll(
    wanted: readonly { readonly ref: InstanceRef; readonly change: AccountChange }[],
    cause: PlannedChange['cause'],
  ): Promise<PreparedChanges> {
    const kind = wanted[0]?.change.kind ?? 'start'
    const id = randomUUID()
    const both: (readonly [PreparedTarget, Planned | undefined])[] = []
    await eachAtOnce(wanted.entries(), AT_ONCE, async ([index, { ref, change }]) => {
      both[index] = await prepareOne(ref, change)
    })
    remember(prepared, id, { kind, cause, targets: both.flatMap(([shown, planned]) => (planned && shown.allowed !== 'no' ? planned : [])) })
    const targets = both.map(([shown]) => shown)
    const typed = kind === 'terminate' ? { typed: targets.length === 1 ? targets[0]?.name : String(targets.length) } : {}
    return { id, kind, targets, ...typed }
  }
  /** What stands in the way of one is said of that one. */
  async function prepareOne(ref: InstanceRef, change: AccountChange): Promise<readonly [PreparedTarget, Planned | undefined]> {
    const about = { target: ref.instanceId, name: ref.instanceId, region: ref.region }
    try {
      // A group that no instance has is told by itself.
      const facts = change.kind === 'delete-group' && change.groupId === ref.instanceId ? unheld(change.groupId) : await calls.machine(ref)
      const ids = groupsIn(change, facts)
      const made = plan(change, facts, ids.length > 0 ? await calls.groups(ref, ids) : [])
      const name = facts.name || ref.instanceId
      const sent = made.steps.filter((step) => step.kind === 'call')
      const tried = made.protectedFrom ? { allowed: 'no' as const, protectedFrom: made.protectedFrom } : await tryOut(ref, sent)
      const commands = made.steps.map((step) => commandLine(step, ref))
      const actions = [...new Set(sent.map(actionOf))]
      return [
        { ...about, name, commands, actions, ...tried, notes: [...made.notes] },
        { ref, name, plan: made },
      ]
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'CANCELLED') throw error
      return [{ ...about, commands: [], actions: [], allowed: 'no', problem: error.data, notes: [] }, undefined]
    }
  }
  /** Of the later calls only a missing permission is told beforehand: their state is not there yet. */
  async function tryOut(ref: InstanceRef, sent: readonly CallStep[]): Promise<Pick<PreparedTarget, 'allowed' | 'problem'>> {
    let unknown: UserError | undefined
    for (const [index, step] of sent.entries()) {
      if (JSON.stringify(step.input).includes('"$')) continue
      try {
        await calls.dryRun(ref, step)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        if (error.code === 'AWS_NOT_ALLOWED' || (index === 0 && error.code === 'AWS_REFUSED')) return { allowed: 'no', problem: error.data }
        if (error.code !== 'AWS_REFUSED') unknown ??= error
      }
    }
    return unknown ? { allowed: 'unknown', problem: unknown.data } : { allowed: 'yes' }
  }

  async function carryOut(id: string, { targets, cause }: PlannedChange, signal: AbortSignal) {
    const show = (target: string, progress: Omit<ChangeTarget, 'target' | 'name'>) =>
      update(id, (job) => ({
        ...job,
        targets: job.targets.map((each) => (each.target === target ? { target, name: each.name, ...progress } : each)),
      }))
    const saved = new Map<string, Saved>()
    await eachAtOnce(targets, AT_ONCE, async ({ ref, plan: { steps } }) => {
      const made = await run(
        { place: ref, target: ref.instanceId, steps, cause },
        {
          calls,
          activity,
          signal,
          onProgress: (progress) => show(ref.instanceId, progress),
          onStep: () => follow(ref),
        },
      )
      saved.set(ref.instanceId, made)
    })
    waits.delete(id)
    const done = new Set(state.value.find((job) => job.id === id)?.targets.flatMap(({ target, phase }) => (phase === 'done' ? target : [])))
    const back = targets.flatMap(({ ref, plan: { undo } }) =>
      undo && done.has(ref.instanceId) ? { ref, change: filledIn(undo, saved.get(ref.instanceId) ?? {}) } : [],
    )
    if (back.length > 0) remember(undos, id, back)
    update(id, (job) => ({ ...job, over: true, canUndo: back.length > 0 }))
  }

  return {
    state,
    prepare: ({ refs, change }) =>
      prepareAll(
        refs.map((ref) => ({ ref, change })),
        'person',
      ),
    apply(id) {
      const planned = prepared.get(id)
      if (!planned) throw new UserError('NOT_FOUND', { what: 'change' })
      prepared.delete(id)
      const job: ChangeState = {
        id,
        kind: planned.kind,
        at: new Date().toISOString(),
        profile: planned.targets[0]?.ref.profile ?? '',
        targets: planned.targets.map(({ ref, name }) => ({ target: ref.instanceId, name, phase: 'calling' })),
        over: false,
        canUndo: false,
      }
      state.update((jobs) => [job, ...jobs].slice(0, KEPT))
      const waiting = new AbortController()
      waits.set(id, waiting)
      void carryOut(id, planned, waiting.signal)
      return { id }
    },
    act(ref, action) {
      const step = call(ACTIONS[action], { InstanceIds: [ref.instanceId] })
      const { profile, region, instanceId: target } = ref
      const entry = { profile, region, action: actionOf(step), target, command: commandLine(step, ref), cause: 'person' } as const
      return recorded(activity, entry, () => order(ref, action))
    },
    async prepareUndo(id) {
      const back = undos.get(id)
      if (!back) throw new UserError('NOT_FOUND', { what: 'change' })
      return prepareAll(back, 'undo')
    },
    leave: (id) => waits.get(id)?.abort(),
    clear: () => state.update((jobs) => jobs.filter(({ over }) => !over)),
    close() {
      for (const waiting of waits.values()) waiting.abort()
    },
  }
}

function unheld(groupId: string): MachineFacts {
  const nothing = { volumes: [], interfaces: [], vpcId: '', type: '', tags: {}, elastic: false }
  return { instanceId: groupId, name: groupId, state: 'stopped', ...nothing, protectedFrom: { termination: false, stop: false } }
}

const ACTIONS = { start: 'StartInstances', stop: 'StopInstances', reboot: 'RebootInstances' } as const

function remember<Value>(kept: Map<string, Value>, id: string, value: Value): void {
  kept.set(id, value)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}
