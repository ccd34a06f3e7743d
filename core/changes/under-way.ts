import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { type AccountChange, changeKind, waiter } from '../../contract/models/change.ts'
import type { Log } from '../log.ts'
import { openStore } from '../store/store.ts'
import { actions, type Step } from './step.ts'

const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    action: z.enum(actions),
    input: z.record(z.string(), z.unknown()),
    saves: z.object({ name: z.string(), path: z.string() }).optional(),
    region: z.string().optional(),
  }),
  z.object({
    kind: z.literal('host'),
    task: z.enum(['check', 'mount', 'unmount']),
    instanceId: z.string(),
    volumeId: z.string(),
    device: z.string(),
    sizeGiB: z.number(),
    saves: z.object({ name: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('wait'), waiter, ids: z.array(z.string()), region: z.string().optional() }),
])
const saved = z.record(z.string(), z.array(z.string()))

/** How far one thing of a change is. */
const stand = z.object({
  /** The step that is to be done next, or is being done. */
  next: z.number(),
  /** It was asked for, and not answered yet. */
  begun: z.boolean(),
  saved,
})
export type Stand = z.infer<typeof stand>
export const START: Stand = { next: 0, begun: false, saved: {} }

const targetUnderWay = z.object({
  ref: z.object({ profile: z.string(), region: z.string(), instanceId: z.string() }),
  name: z.string(),
  steps: z.array(z.custom<Step>((value) => step.safeParse(value).success)),
  /** It may still hold the names of what is to be made: it is checked when it is filled in. */
  undo: z.custom<AccountChange>((value) => z.object({ kind: changeKind }).safeParse(value).success).optional(),
  stand,
})
export type TargetUnderWay = z.infer<typeof targetUnderWay>
const underWay = z.object({
  id: z.string(),
  kind: changeKind,
  cause: z.enum(['person', 'undo']),
  /** ISO 8601. */
  at: z.string(),
  targets: z.array(targetUnderWay),
})
export type ChangeUnderWay = z.infer<typeof underWay>

/** Changes with something left to do, on disk before each of their steps: so an app that dies loses none. */
export interface UnderWay {
  readonly problem: UserErrorData | undefined
  list(): readonly ChangeUnderWay[]
  get(id: string): ChangeUnderWay | undefined
  begin(change: ChangeUnderWay): void
  /** How far one of its targets is, by its place in the list. */
  mark(id: string, target: number, stand: Stand): void
  drop(id: string): void
}

export function openUnderWay(folder: string, log: Log): UnderWay {
  const store = openStore<readonly ChangeUnderWay[]>({ folder, name: 'changes-under-way', schema: z.array(underWay), defaults: [] })
  /** A full disk is no reason not to stop a machine. */
  function set(change: (all: readonly ChangeUnderWay[]) => readonly ChangeUnderWay[]) {
    try {
      store.state.update(change)
    } catch (error) {
      log.error({ err: error }, 'a change under way could not be written down')
    }
  }
  return {
    problem: store.problem,
    list: () => store.state.value,
    get: (id) => store.state.value.find((each) => each.id === id),
    begin: (change) => set((all) => [...all, change]),
    mark: (id, target, now) =>
      set((all) => all.map((each) => (each.id === id ? { ...each, targets: each.targets.with(target, at(each, target, now)) } : each))),
    drop: (id) => set((all) => (all.some((each) => each.id === id) ? all.filter((each) => each.id !== id) : all)),
  }
}

function at({ targets }: ChangeUnderWay, index: number, now: Stand): TargetUnderWay {
  const target = targets[index]
  if (!target) throw new Error('no such target')
  return { ...target, stand: now }
}
