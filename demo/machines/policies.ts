import { randomBytes } from 'node:crypto'

interface Tag {
  readonly Key: string
  readonly Value: string
}
interface Retain {
  readonly Count?: number
  readonly Interval?: number
  readonly IntervalUnit?: string
}
interface Schedule {
  readonly Name?: string
  readonly CreateRule?: { readonly Interval?: number; readonly Times?: readonly string[]; readonly CronExpression?: string }
  readonly RetainRule?: Retain
  readonly CrossRegionCopyRules?: readonly { readonly Target?: string; readonly Encrypted?: boolean }[]
}
/** A policy of Data Lifecycle Manager, in the names of its API. */
export interface Policy {
  readonly PolicyId: string
  readonly Description: string
  readonly State: 'ENABLED' | 'DISABLED'
  readonly ExecutionRoleArn: string
  readonly PolicyDetails: { readonly TargetTags?: readonly Tag[]; readonly Schedules?: readonly Schedule[] }
  readonly Tags: Readonly<Record<string, string>>
  readonly DateCreated: Date
  readonly DateModified: Date
  readonly region: string
}

/** The account's policies. `run` is called when the time of one has come; an hour of theirs lasts `times.hour`. */
export interface PolicyShelf {
  readonly list: readonly Policy[]
  /** New, or in the place of the one with the same id. */
  put(policy: Policy): void
  drop(id: string): void
  close(): void
}

const HOUR_MS = 3_600_000

export function createPolicies(times: { readonly hour: number }, run: (policy: Policy, schedule: Schedule) => void): PolicyShelf {
  let list: readonly Policy[] = []
  const timers = new Map<string, NodeJS.Timeout[]>()

  function stop(id: string) {
    for (const timer of timers.get(id) ?? []) clearTimeout(timer)
    timers.delete(id)
  }
  /** `now` goes from one of its times to the next, however short an hour is. */
  function follow(policy: Policy, schedule: Schedule, index: number, now: number) {
    const next = nextTime(schedule, now)
    if (next === undefined) return
    const timer = setTimeout(
      () => {
        run(policy, schedule)
        follow(policy, schedule, index, next)
      },
      ((next - now) * times.hour) / HOUR_MS,
    )
    const own = timers.get(policy.PolicyId) ?? []
    own[index] = timer.unref()
    timers.set(policy.PolicyId, own)
  }
  const without = (id: string) => list.filter(({ PolicyId }) => PolicyId !== id)

  return {
    get list() {
      return list
    },
    put(policy) {
      stop(policy.PolicyId)
      list = [...without(policy.PolicyId), policy]
      if (policy.State !== 'ENABLED') return
      for (const [index, schedule] of (policy.PolicyDetails.Schedules ?? []).entries()) follow(policy, schedule, index, Date.now())
    },
    drop(id) {
      stop(id)
      list = without(id)
    },
    close() {
      for (const id of timers.keys()) stop(id)
    },
  }
}

export function newPolicyId(): string {
  return `policy-0${randomBytes(8).toString('hex')}`
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const DAY_HOURS = 24

/** Of what the product makes: every so many hours, or on days of the week. Other cron expressions are kept, and never come. */
function nextTime({ CreateRule: { Interval, Times = [], CronExpression = '' } = {} }: Schedule, now: number): number | undefined {
  const week = /^cron\((\d+) (\d+) \? \* ([A-Z,]+) \*\)$/.exec(CronExpression)
  const [hour = 0, minute = 0] = week ? [Number(week[2]), Number(week[1])] : (Times[0] ?? '9:00').split(':').map(Number)
  const step = week ? DAY_HOURS : Interval
  if (!step) return undefined
  const days = week?.[3]?.split(',')
  const fits = (at: number) => at > now && (!days || days.includes(DAYS[new Date(at).getUTCDay()] ?? ''))
  const yesterday = new Date(now).setUTCHours(hour - DAY_HOURS, minute, 0, 0)
  for (let at = yesterday; at < now + 9 * DAY_HOURS * HOUR_MS; at += step * HOUR_MS) if (fits(at)) return at
  return undefined
}
