import type { CreateRule, CrossRegionCopyRule, Schedule as DlmSchedule, LifecyclePolicy, RetainRule } from '@aws-sdk/client-dlm'
import {
  ageUnit,
  type Schedule,
  type ScheduleKeep,
  type SchedulePlan,
  type ScheduleRule,
  scheduleRule,
  scheduleTiming,
} from '../../../contract/models/schedule.ts'
import { plainText } from '../plain-text.ts'

type Tags = Readonly<Record<string, string>>

/** A policy, where it reaches an instance with these tags whose disks have those. */
export function readSchedule(policy: LifecyclePolicy, instance: Tags, disks: readonly Tags[]): Schedule | undefined {
  const { PolicyId: id, PolicyDetails: details = {}, Description = '', State = '', StatusMessage, DefaultPolicy = false } = policy
  const tags = (details.TargetTags ?? []).map(({ Key = '', Value = '' }) => ({ key: plainText(Key, 128), value: plainText(Value, 256) }))
  const has = (own: Tags) => tags.some(({ key, value }) => own[key] === value)
  const onDisks = details.ResourceTypes?.includes('VOLUME') ?? false
  const reaches = DefaultPolicy ? 'all' : onDisks ? disks.some(has) && 'disks' : has(instance) && 'instance'
  if (!id || !reaches) return undefined
  const plans = DefaultPolicy
    ? [{ timing: { kind: 'other' as const, said: `rate(${details.CreateInterval ?? 1} days)` }, copies: [] }]
    : (details.Schedules ?? []).map(readPlan)
  const rule = DefaultPolicy ? undefined : readRule(policy, plans)
  const state = plainText(State, 40)
  return {
    id,
    name: plainText(Description, 500),
    state,
    // A policy that runs has a message too.
    ...(StatusMessage && state === 'ERROR' ? { problem: plainText(StatusMessage, 500) } : {}),
    reaches,
    tags,
    makes: details.PolicyType === 'IMAGE_MANAGEMENT' || details.ResourceType === 'INSTANCE' ? 'images' : 'snapshots',
    withoutSystemDisk: (details.Parameters?.ExcludeBootVolume || details.Exclusions?.ExcludeBootVolumes) ?? false,
    plans,
    ...(rule ? { rule } : {}),
  }
}

function readPlan({ CreateRule = {}, RetainRule, CrossRegionCopyRules = [] }: DlmSchedule): SchedulePlan {
  const keep = readKeep(RetainRule)
  return { timing: readTiming(CreateRule), ...(keep ? { keep } : {}), copies: CrossRegionCopyRules.map(readCopy) }
}

function readTiming({ Interval, Times = [], CronExpression = '' }: CreateRule): SchedulePlan['timing'] {
  const week = /^cron\((\d{1,2}) (\d{1,2}) \? \* ([A-Z,]+) \*\)$/.exec(CronExpression)
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0')
  const timing = scheduleTiming.safeParse(
    week
      ? { kind: 'week', days: week[3]?.split(','), at: `${two(week[2])}:${two(week[1])}` }
      : { kind: 'hours', hours: Interval, at: Times[0] },
  )
  if (timing.success) return timing.data
  return { kind: 'other', said: plainText(CronExpression || `rate(${Interval ?? '?'} hours)`, 120) }
}

function readKeep({ Count, Interval, IntervalUnit }: RetainRule = {}): ScheduleKeep | undefined {
  return Count ? { kind: 'count', count: Count } : readAge({ Interval, IntervalUnit })
}

function readAge({ Interval, IntervalUnit }: RetainRule = {}): Extract<ScheduleKeep, { kind: 'age' }> | undefined {
  const unit = ageUnit.safeParse(IntervalUnit).data
  return Interval && unit ? { kind: 'age', interval: Interval, unit } : undefined
}

function readCopy({ Target, TargetRegion, Encrypted = false, RetainRule }: CrossRegionCopyRule): SchedulePlan['copies'][number] {
  const keep = readAge(RetainRule)
  return { region: plainText(Target ?? TargetRegion ?? '', 200), encrypted: Encrypted, ...(keep ? { keep } : {}) }
}

/** What can be edited here without losing anything of it. */
function readRule({ PolicyDetails, Description }: LifecyclePolicy, [plan, more]: readonly SchedulePlan[]): ScheduleRule | undefined {
  const [copy, another] = plan?.copies ?? []
  const key = PolicyDetails?.Schedules?.[0]?.CrossRegionCopyRules?.[0]?.CmkArn
  if (PolicyDetails?.PolicyType !== 'EBS_SNAPSHOT_MANAGEMENT' || more || another || key) return undefined
  return scheduleRule.safeParse({ name: Description, timing: plan?.timing, keep: plan?.keep, ...(copy ? { copy } : {}) }).data
}
