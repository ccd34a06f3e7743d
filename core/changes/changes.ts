import type { ChangeRequest, ChangeState, ChangeTarget, PreparedChanges } from '../../contract/models/change.ts'
import type { InstanceAction, InstanceRef } from '../../contract/models/instance.ts'
import type { Launch } from '../../contract/models/launch.ts'
import type { Activity } from '../activity/activity.ts'
import { recorded } from '../activity/recorded.ts'
import { eachAtOnce } from '../files/each-at-once.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import { actionOf, commandLine } from './command-line.ts'
import type { ChangeCalls, Place } from './facts.ts'
import type { HostWork } from './host-step.ts'
import type { LaunchFacts } from './plan-launch.ts'
import type { Wanted } from './prepare.ts'
import { createPreparing, KEPT, remember } from './preparing.ts'
import { endedBy, folderOf, isGone, staysUntilDone } from './readings.ts'
import { type Outcome, run } from './run.ts'
import { call } from './step.ts'
import { type ChangeUnderWay, START, type UnderWay } from './under-way.ts'
import { canGoOn, instanceOf, isUnfinished, onlyWaits, stepsOf, undoOf } from './unfinished.ts'

/** As in the contract. */
export interface Changes {
  readonly state: ReadonlyState<ChangeState[]>
  prepare(request: ChangeRequest): Promise<PreparedChanges>
  prepareLaunch(place: Place, launch: Launch): Promise<PreparedChanges>
  /** Does what was prepared, and nothing else. Returns when it has begun; the state tells. Throws UserError NOT_FOUND. */
  apply(id: string): { id: string }
  /** One thing at once, where the button that asks for it says all. */
  act(ref: InstanceRef, action: InstanceAction): Promise<void>
  /** What takes it back, prepared. Throws UserError NOT_FOUND. */
  prepareUndo(id: string): Promise<PreparedChanges>
  /** Throws UserError NOT_FOUND. */
  goOn(id: string): void
  /** Ends the wait; AWS goes on. */
  leave(id: string): void
  /** Forgets those that are over. */
  clear(): void
  /** What an earlier run left: where only waiting is left it is waited for, and the rest is told. */
  resume(): void
  /** Whoever begins anew knows nothing of them. */
  forget(profile: string): void
  close(): void
}

export interface ChangesOptions {
  readonly calls: ChangeCalls
  readonly activity: Activity
  readonly underWay: UnderWay
  readonly onHost: HostWork
  launchFacts(place: Place, launch: Launch): Promise<Omit<LaunchFacts, 'mark'>>
  /** The list of instances is to follow what becomes of these. */
  follow(ref: InstanceRef): void
  /** Orders it and follows it. */
  order(ref: InstanceRef, action: InstanceAction): Promise<void>
}

type Progress = Omit<ChangeTarget, 'target' | 'name' | 'region'>
/** AWS allows a person few calls a second. */
const AT_ONCE = 8

export function createChanges({ calls, activity, underWay, onHost, launchFacts, follow, order }: ChangesOptions): Changes {
  const state = createState<ChangeState[]>([])
  const preparing = createPreparing(calls, launchFacts)
  const undos = new Map<string, readonly Wanted[]>()
  const waits = new Map<string, AbortController>()
  let closed = false

  const update = (id: string, change: (job: ChangeState) => ChangeState) =>
    state.update((jobs) => jobs.map((job) => (job.id === id ? change(job) : job)))
  const show = (id: string, index: number, progress: Progress) =>
    update(id, (job) => ({
      ...job,
      targets: job.targets.map(({ target, name, region }, at) =>
        at === index ? { target, name, region, ...progress } : (job.targets[at] as ChangeTarget),
      ),
    }))

  /** Each of its targets that is not done, from where it stands. */
  async function carryOut(job: ChangeUnderWay, which: (index: number) => boolean = () => true) {
    const { id, cause } = job
    const waiting = new AbortController()
    waits.set(id, waiting)
    update(id, (shown) => ({ ...shown, over: false, canUndo: false, canGoOn: false }))
    const ends: Outcome[] = job.targets.map(({ stand, steps }) => ({ stand, phase: stand.next < steps.length ? 'interrupted' : 'done' }))
    const wanted = [...job.targets.entries()].filter(([index]) => ends[index]?.phase !== 'done' && which(index))
    await eachAtOnce(wanted, AT_ONCE, async ([index, { ref, name, steps, stand }]) => {
      ends[index] = await run(
        { place: ref, target: ref.instanceId || name, steps, cause, from: stand },
        {
          calls,
          activity,
          onHost,
          signal: waiting.signal,
          onProgress: (progress) => show(id, index, progress),
          onStand: (now) => closed || underWay.mark(id, index, now),
          onStep: (saved) => follow(instanceOf(ref, saved)),
        },
      )
    })
    waits.delete(id)
    // What the app's own end cut off is for its next run.
    if (!closed)
      finish({ ...job, targets: job.targets.map((target, index) => ({ ...target, stand: ends[index]?.stand ?? target.stand })) }, ends)
  }
  function finish(job: ChangeUnderWay, ends: readonly { readonly phase: ChangeTarget['phase'] }[]) {
    const { id, targets } = job
    const open = targets.map((target, index) => ends[index]?.phase !== 'done' && isUnfinished(target))
    const goesOn = targets.some((target, index) => open[index] && canGoOn(target, ends[index]?.phase))
    if (!goesOn && !staysUntilDone(job)) underWay.drop(id)
    if (ends.every(({ phase }) => phase === 'done')) for (const ended of endedBy(targets, underWay.list())) replace(ended)
    const back = targets.flatMap((target) => undoOf(target) ?? [])
    if (back.length > 0) remember(undos, id, back)
    update(id, (shown) => ({
      ...shown,
      over: true,
      canUndo: back.length > 0,
      canGoOn: goesOn,
      targets: shown.targets.map((each, index) => {
        const target = targets[index]
        const made = target ? { ...each, ...folderOf(target.stand), target: instanceOf(target.ref, target.stand.saved).instanceId } : each
        return target && open[index] && target.steps.length > 1 ? { ...made, steps: stepsOf(target) } : made
      }),
    }))
    // What costs for nothing does not wait for somebody to see it.
    const idle = job.kind === 'read-backup' && ends.some(({ phase }) => phase === 'failed' || phase === 'left')
    if (idle && back.length > 0) takeBack(id, back).catch(() => undefined)
  }
  /** Another change has done what was left to do of it. */
  function replace(id: string) {
    underWay.drop(id)
    undos.delete(id)
    update(id, (shown) => ({ ...shown, canUndo: false, canGoOn: false }))
  }
  async function takeBack(id: string, back: readonly Wanted[]) {
    const { id: prepared, targets } = await preparing.prepare(back, { cause: 'undo', undoes: id })
    // Where even that may not be, the person is left with the button that asks for it.
    if (targets.every(({ allowed }) => allowed !== 'no')) apply(prepared)
  }
  function begin(job: ChangeUnderWay) {
    const { id, kind, at, targets } = job
    const shown: ChangeState = {
      id,
      kind,
      at,
      profile: targets[0]?.ref.profile ?? '',
      targets: targets.map(({ ref, name, stand, steps }) => ({
        target: ref.instanceId,
        name,
        region: ref.region,
        phase: stand.next < steps.length ? 'calling' : 'done',
      })),
      over: false,
      canUndo: false,
      canGoOn: false,
    }
    state.update((jobs) => [shown, ...jobs].slice(0, KEPT))
  }

  function apply(id: string) {
    const { kind, cause, undoes, targets } = preparing.take(id)
    const job: ChangeUnderWay = {
      id,
      kind,
      cause,
      at: new Date().toISOString(),
      targets: targets.map(({ ref, name, plan: { steps, undo } }) => ({
        ref,
        name,
        steps: [...steps],
        stand: START,
        ...(undo ? { undo } : {}),
      })),
    }
    underWay.begin(job)
    if (undoes !== undefined) replace(undoes)
    begin(job)
    void carryOut(job)
    return { id }
  }

  return {
    state,
    prepare: ({ refs, change }) =>
      preparing.prepare(
        refs.map((ref) => ({ ref, change })),
        { cause: 'person' },
      ),
    prepareLaunch: preparing.prepareLaunch,
    apply,
    act(ref, action) {
      const step = call(ACTIONS[action], { InstanceIds: [ref.instanceId] })
      const { profile, region, instanceId: target } = ref
      const entry = { profile, region, action: actionOf(step), target, command: commandLine(step, ref), cause: 'person' } as const
      return recorded(activity, entry, () => order(ref, action))
    },
    async prepareUndo(id) {
      const back = undos.get(id)
      if (!back) throw new UserError('NOT_FOUND', { what: 'change' })
      const prepared = await preparing.prepare(back, { cause: 'undo', undoes: id })
      if (prepared.targets.every(({ problem }) => isGone(problem))) underWay.drop(id)
      return prepared
    },
    goOn(id) {
      const job = underWay.get(id)
      if (!job || waits.has(id)) throw new UserError('NOT_FOUND', { what: 'change' })
      undos.delete(id)
      void carryOut(job)
    },
    leave: (id) => waits.get(id)?.abort(),
    clear() {
      const stays = new Set(underWay.list().flatMap((job) => (staysUntilDone(job) ? job.id : [])))
      for (const { id, over } of state.value) if (over && !stays.has(id)) underWay.drop(id)
      state.update((jobs) => jobs.filter(({ id, over }) => !over || stays.has(id)))
    },
    resume() {
      for (const job of underWay.list()) {
        begin(job)
        for (const [index, target] of job.targets.entries()) if (!onlyWaits(target)) show(job.id, index, { phase: 'interrupted' })
        void carryOut(job, (index) => onlyWaits(job.targets[index]))
      }
    },
    forget(profile) {
      for (const { id, profile: of } of state.value) {
        if (of !== profile) continue
        waits.get(id)?.abort()
        underWay.drop(id)
      }
      state.update((jobs) => jobs.filter((job) => job.profile !== profile))
    },
    close() {
      closed = true
      for (const waiting of waits.values()) waiting.abort()
    },
  }
}

const ACTIONS = { start: 'StartInstances', stop: 'StopInstances', reboot: 'RebootInstances' } as const
