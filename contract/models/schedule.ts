import { z } from 'zod'

const days = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const
export const weekday = z.enum(days)
/** The intervals that Data Lifecycle Manager has for policies, in hours. */
export const everyHours = [1, 2, 3, 4, 6, 8, 12, 24] as const
/** `HH:MM`, UTC. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const scheduleTiming = z.discriminatedUnion('kind', [
  /** The first of a day at this time, and then each so many hours. */
  z.object({ kind: z.literal('hours'), hours: z.literal(everyHours), at: time }),
  z.object({ kind: z.literal('week'), days: z.array(weekday).min(1).max(7), at: time }),
])
export type ScheduleTiming = z.infer<typeof scheduleTiming>

export const ageUnit = z.enum(['DAYS', 'WEEKS', 'MONTHS', 'YEARS'])
const age = z.object({ kind: z.literal('age'), interval: z.int().min(1).max(36_500), unit: ageUnit })
/** The last so many, or those that are not older. DLM's limits. */
export const scheduleKeep = z.discriminatedUnion('kind', [z.object({ kind: z.literal('count'), count: z.int().min(1).max(1000) }), age])
export type ScheduleKeep = z.infer<typeof scheduleKeep>

/** A second copy of each, in another region of the account. */
export const scheduleCopy = z.object({
  region: z
    .string()
    .max(40)
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  encrypted: z.boolean(),
  keep: age,
})

/** What of a policy is made and edited here. */
export const scheduleRule = z.object({
  /** DLM's description: what it allows in one. */
  name: z
    .string()
    .max(500)
    .regex(/^[0-9A-Za-z _-]+$/),
  timing: scheduleTiming,
  keep: scheduleKeep,
  copy: scheduleCopy.optional(),
})
export type ScheduleRule = z.infer<typeof scheduleRule>

const targetTag = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) })
export type TargetTag = z.infer<typeof targetTag>
const policyId = z
  .string()
  .max(64)
  .regex(/^(policy-[0-9a-z]+|\$POLICY)$/)
/** `tag`: also of the instance, on which it is set, or from which it is taken. */
export const scheduleChanges = [
  z.object({
    kind: z.literal('create-schedule'),
    rule: scheduleRule,
    tag: targetTag,
    /** With its path: the role of this account that Data Lifecycle Manager takes on. */
    role: z.string().regex(/^[\w+=,.@/-]{1,512}$/),
  }),
  z.object({ kind: z.literal('edit-schedule'), policyId, rule: scheduleRule }),
  z.object({ kind: z.literal('pause-schedule'), policyId }),
  z.object({ kind: z.literal('resume-schedule'), policyId }),
  z.object({ kind: z.literal('delete-schedule'), policyId, tag: targetTag.optional() }),
  /** Exactly as it was, by DLM's own `PolicyDetails`: what takes an edit back, or, with no `policyId`, a deletion. */
  z.object({
    kind: z.literal('put-back-schedule'),
    policyId: policyId.optional(),
    description: z.string().max(500),
    on: z.boolean(),
    roleArn: z.string().max(2048),
    details: z.record(z.string(), z.unknown()),
    tag: targetTag.optional(),
  }),
] as const

/** A policy of Data Lifecycle Manager that reaches an instance. What AWS says of it is plain text. */
export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  /** DLM's, as `ENABLED`, `DISABLED`, `ERROR`. */
  state: z.string(),
  /** What is wrong, where something is. */
  problem: z.string().optional(),
  /** By a tag of the instance, by one of its disks', or because it reaches all of the region. */
  reaches: z.enum(['instance', 'disks', 'all']),
  tags: z.array(targetTag),
  makes: z.enum(['snapshots', 'images']),
  withoutSystemDisk: z.boolean(),
  plans: z.array(
    z.object({
      /** `said`: what is not told otherwise, as `cron(0 9 * * ? *)`. */
      timing: z.union([scheduleTiming, z.object({ kind: z.literal('other'), said: z.string() })]),
      keep: scheduleKeep.optional(),
      copies: z.array(z.object({ region: z.string(), encrypted: z.boolean(), keep: age.optional() })),
    }),
  ),
  /** Absent: it holds more than is edited here. */
  rule: scheduleRule.optional(),
})
export type Schedule = z.infer<typeof schedule>
export type SchedulePlan = Schedule['plans'][number]

export const instanceSchedules = z.object({
  schedules: z.array(schedule),
  /** With their paths: those that policies of this region use already. */
  roles: z.array(z.string()),
})
export type InstanceSchedules = z.infer<typeof instanceSchedules>
