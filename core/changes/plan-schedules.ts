import type { CreateRule, CrossRegionCopyRule, PolicyDetails, RetainRule, Tag } from '@aws-sdk/client-dlm'
import type { AccountChange, ChangeNote } from '../../contract/models/change.ts'
import type { ScheduleKeep, ScheduleRule, ScheduleTiming, TargetTag } from '../../contract/models/schedule.ts'
import { UserError } from '../user-error.ts'
import { words } from './command-line.ts'
import type { MachineFacts, PlanFacts, PolicyFacts } from './facts.ts'
import { note } from './note.ts'
import type { Plan } from './plan.ts'
import { call, MARK_TAG, type Step } from './step.ts'

type ScheduleChange = Extract<AccountChange, { kind: `${string}-schedule` }>

/** Policies of Data Lifecycle Manager: DLM API Reference. */
export function planSchedule(change: ScheduleChange, facts: PlanFacts): Plan {
  switch (change.kind) {
    case 'create-schedule':
      return planNew(change, facts)
    case 'edit-schedule': {
      const policy = known(facts)
      const PolicyDetails = changed(policy.details, change.rule)
      return {
        steps: [call('UpdateLifecyclePolicy', { PolicyId: policy.id, Description: change.rule.name, PolicyDetails })],
        undo: { ...putBack(policy), policyId: policy.id },
        notes: [...reaches(policy.details.TargetTags), note('schedule-costs')],
      }
    }
    case 'pause-schedule':
    case 'resume-schedule': {
      const { id, details } = known(facts)
      const pauses = change.kind === 'pause-schedule'
      return {
        steps: [call('UpdateLifecyclePolicy', { PolicyId: id, State: pauses ? 'DISABLED' : 'ENABLED' })],
        undo: { kind: pauses ? 'resume-schedule' : 'pause-schedule', policyId: id },
        notes: [...reaches(details.TargetTags), note(pauses ? 'schedule-rests' : 'schedule-first')],
      }
    }
    case 'delete-schedule': {
      const policy = known(facts)
      const { tag } = change
      const own = tag && facts.machine.tags[tag.key] === tag.value ? tag : undefined
      return {
        steps: [call('DeleteLifecyclePolicy', { PolicyId: policy.id }), ...(own ? [untag(facts.machine, own)] : [])],
        undo: { ...putBack(policy), ...(own ? { tag: own } : {}) },
        notes: [...reaches(policy.details.TargetTags), note('schedule-keeps'), ...(own ? [note('takes-tag', said(own))] : [])],
      }
    }
    case 'put-back-schedule':
      return planPutBack(change, facts)
  }
}

function planNew(
  { rule, tag, role }: Extract<ScheduleChange, { kind: 'create-schedule' }>,
  { machine, place, mark, account }: PlanFacts,
): Plan {
  const ExecutionRoleArn = `arn:${account?.partition}:iam::${account?.id}:role/${role}`
  const input = {
    ExecutionRoleArn,
    Description: rule.name,
    State: 'ENABLED' as const,
    PolicyDetails: newDetails(rule, tag),
    Tags: { [MARK_TAG]: mark },
  }
  const tags = machine.tags[tag.key] !== tag.value
  const before = machine.tags[tag.key]
  return {
    // The policy first: where it is refused, nothing was changed.
    steps: [call('CreateLifecyclePolicy', input, { name: 'POLICY', path: 'PolicyId' }), ...(tags ? [setTag(machine, tag)] : [])],
    undo: { kind: 'delete-schedule', policyId: '$POLICY', ...(tags ? { tag } : {}) },
    notes: [
      ...(tags ? [note('sets-tag', said(tag))] : []),
      ...(tags && before !== undefined ? [note('was', { what: `${tag.key} = ${before}` })] : []),
      ...(tag.value === machine.instanceId ? [] : reaches([{ Key: tag.key, Value: tag.value }])),
      note('schedule-first'),
      note('schedule-costs'),
      note('schedule-role', {
        role,
        command: words([
          'aws',
          'dlm',
          'create-default-role',
          '--resource-type',
          'snapshot',
          '--profile',
          place.profile,
          '--region',
          place.region,
        ]),
      }),
    ],
  }
}

function planPutBack(
  { policyId, description, on, roleArn, details, tag }: Extract<ScheduleChange, { kind: 'put-back-schedule' }>,
  { machine, mark, policy }: PlanFacts,
): Plan {
  const State = on ? ('ENABLED' as const) : ('DISABLED' as const)
  const content = { ExecutionRoleArn: roleArn, Description: description, State, PolicyDetails: details as PolicyDetails }
  if (policyId !== undefined)
    return {
      steps: [call('UpdateLifecyclePolicy', { PolicyId: policyId, ...content })],
      ...(policy ? { undo: { ...putBack(policy), policyId } } : {}),
      notes: reaches(content.PolicyDetails.TargetTags),
    }
  return {
    steps: [
      call('CreateLifecyclePolicy', { ...content, Tags: { [MARK_TAG]: mark } }, { name: 'POLICY', path: 'PolicyId' }),
      ...(tag ? [setTag(machine, tag)] : []),
    ],
    undo: { kind: 'delete-schedule', policyId: '$POLICY', ...(tag ? { tag } : {}) },
    notes: [...reaches(content.PolicyDetails.TargetTags), note('schedule-anew'), ...(tag ? [note('sets-tag', said(tag))] : [])],
  }
}

function newDetails(rule: ScheduleRule, { key, value }: TargetTag): PolicyDetails {
  return {
    PolicyType: 'EBS_SNAPSHOT_MANAGEMENT',
    ResourceTypes: ['INSTANCE'],
    TargetTags: [{ Key: key, Value: value }],
    Schedules: [{ Name: SCHEDULE_NAME, CopyTags: true, ...scheduleOf(rule) }],
  }
}
/** A policy may have several; one of ours has one. */
const SCHEDULE_NAME = 'Mooring'

/** What is not edited here stays as it is. */
function changed(details: PolicyDetails, rule: ScheduleRule): PolicyDetails {
  const { CrossRegionCopyRules: _before, ...schedule } = details.Schedules?.[0] ?? {}
  return { ...details, Schedules: [{ ...schedule, ...scheduleOf(rule) }] }
}

function scheduleOf({ timing, keep, copy }: ScheduleRule) {
  const copies: CrossRegionCopyRule[] = copy
    ? [
        {
          Target: copy.region,
          Encrypted: copy.encrypted,
          CopyTags: true,
          RetainRule: { Interval: copy.keep.interval, IntervalUnit: copy.keep.unit },
        },
      ]
    : []
  return { CreateRule: createRule(timing), RetainRule: retainRule(keep), ...(copy ? { CrossRegionCopyRules: copies } : {}) }
}

function createRule(timing: ScheduleTiming): CreateRule {
  if (timing.kind === 'hours') return { Interval: timing.hours, IntervalUnit: 'HOURS', Times: [timing.at] }
  const [hour, minute] = timing.at.split(':').map(Number)
  return { CronExpression: `cron(${minute} ${hour} ? * ${timing.days.join(',')} *)` }
}

function retainRule(keep: ScheduleKeep): RetainRule {
  return keep.kind === 'count' ? { Count: keep.count } : { Interval: keep.interval, IntervalUnit: keep.unit }
}

function putBack({ description, state, roleArn, details }: PolicyFacts) {
  return { kind: 'put-back-schedule' as const, description, on: state !== 'DISABLED', roleArn, details: { ...details } }
}

function known({ policy }: PlanFacts): PolicyFacts {
  if (!policy) throw new UserError('NOT_FOUND', { what: 'policy' })
  return policy
}

function reaches(tags: readonly Tag[] | undefined): readonly ChangeNote[] {
  if (!tags || tags.length === 0) return []
  return [note('schedule-reaches', { tags: tags.map(({ Key = '', Value = '' }) => `${Key} = ${Value}`).join(', ') })]
}

function said({ key, value }: TargetTag): ChangeNote['params'] {
  return { tag: `${key} = ${value}` }
}

function setTag({ instanceId }: MachineFacts, { key, value }: TargetTag): Step {
  return call('CreateTags', { Resources: [instanceId], Tags: [{ Key: key, Value: value }] })
}

function untag({ instanceId }: MachineFacts, { key, value }: TargetTag): Step {
  return call('DeleteTags', { Resources: [instanceId], Tags: [{ Key: key, Value: value }] })
}
