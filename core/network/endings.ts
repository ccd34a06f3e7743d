import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { type RuleEnd, ruleDirection } from '../../contract/models/network.ts'
import type { Log } from '../log.ts'
import { openStore } from '../store/store.ts'
import { isUserError } from '../user-error.ts'
import type { Place } from './network-calls.ts'

const ending = z.object({
  /** Also a tag of the rules: so they are found when the app died before it heard their ids. */
  mark: z.string(),
  profile: z.string(),
  region: z.string(),
  groupId: z.string(),
  direction: ruleDirection,
  ruleIds: z.array(z.string()),
  /** ISO 8601. Absent: when this run of the app ends. */
  at: z.string().optional(),
  run: z.string(),
})
export type Ending = z.infer<typeof ending>

export interface Endings {
  readonly problem: UserErrorData | undefined
  /** On disk before AWS is asked. */
  begin(rules: Omit<Ending, 'ruleIds' | 'run' | 'at'>, end: Exclude<RuleEnd, 'keep'> | { readonly at?: string | undefined }): void
  made(mark: string, ruleIds: readonly string[]): void
  drop(mark: string): void
  of(place: Place, ruleId: string): Ending | undefined
  /** Looks at once at what is due: at a start, when a profile can be used again, and by itself at the time. */
  check(): void
  /** Carries out what ends with the app, as far as that can be done in a moment. The rest is done at the next start. */
  close(): Promise<void>
}

const HOUR_MS = 3_600_000
const RETRY_MS = 60_000
/** Whatever else asks for a look. */
const REST_MS = 5_000
const CLOSING_MS = 5_000

/** Rules that Mooring takes away again. `remove` does it, and throws where it could not. */
export function openEndings(folder: string, log: Log, remove: (ending: Ending) => Promise<void>): Endings {
  const store = openStore<readonly Ending[]>({ folder, name: 'network-endings', schema: z.array(ending), defaults: [] })
  const run = randomUUID()
  const busy = new Set<string>()
  /** By mark: when it was last tried in vain. */
  const triedAt = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function set(change: (endings: readonly Ending[]) => readonly Ending[]) {
    store.state.update(change)
    schedule()
  }
  const drop = (mark: string) => set((endings) => endings.filter((each) => each.mark !== mark))
  /** What AWS has done is done: what is on disk already leads to the rules by their mark. */
  function unlessFull(change: () => void) {
    try {
      change()
    } catch (error) {
      log.error({ err: error }, 'the rules to be removed could not be written down')
    }
  }
  const isDue = ({ at, run: of }: Ending) => (at === undefined ? of !== run : Date.parse(at) <= Date.now())

  function schedule() {
    clearTimeout(timer)
    if (closed) return
    const times = store.state.value.filter(({ mark }) => !busy.has(mark)).map((each) => (isDue(each) ? RETRY_MS : waitOf(each)))
    const next = Math.min(...times)
    if (Number.isFinite(next)) timer = setTimeout(check, next).unref()
  }
  async function finish(each: Ending): Promise<void> {
    if (busy.has(each.mark)) return
    busy.add(each.mark)
    try {
      await remove(each)
      drop(each.mark)
    } catch (error) {
      if (!triedAt.has(each.mark)) log.warn({ err: error, group: each.groupId }, 'a rule whose time is over could not be removed yet')
      triedAt.set(each.mark, Date.now())
    } finally {
      busy.delete(each.mark)
      schedule()
    }
  }
  function check() {
    const rested = ({ mark }: Ending) => Date.now() - (triedAt.get(mark) ?? 0) >= REST_MS
    const due = store.state.value.filter((each) => isDue(each) && rested(each))
    for (const each of due) void finish(each)
    schedule()
  }

  return {
    problem: store.problem,
    begin(rules, end) {
      const at = typeof end === 'object' ? end.at : end === 'hour' ? new Date(Date.now() + HOUR_MS).toISOString() : undefined
      const made: Ending = { ...rules, ruleIds: [], run, ...(at ? { at } : {}) }
      set((endings) => [...endings, made])
    },
    made: (mark, ruleIds) =>
      unlessFull(() => set((endings) => endings.map((each) => (each.mark === mark ? { ...each, ruleIds: [...ruleIds] } : each)))),
    drop: (mark) => unlessFull(() => drop(mark)),
    of: ({ profile, region }, ruleId) =>
      store.state.value.find((each) => each.profile === profile && each.region === region && each.ruleIds.includes(ruleId)),
    check,
    async close() {
      closed = true
      clearTimeout(timer)
      const own = store.state.value.filter((each) => isDue(each) || each.at === undefined)
      if (own.length === 0) return
      const enough = Promise.withResolvers<void>()
      const late = setTimeout(enough.resolve, CLOSING_MS)
      await Promise.race([Promise.all(own.map(finish)), enough.promise])
      clearTimeout(late)
    },
  }
}

function waitOf({ at }: Ending): number {
  return at === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Date.parse(at) - Date.now())
}

/** AWS has not said no: the rules may be there. */
export function mayHaveHappened(error: unknown): boolean {
  return isUserError(error, 'AWS_UNREACHABLE') || isUserError(error, 'CANCELLED')
}
