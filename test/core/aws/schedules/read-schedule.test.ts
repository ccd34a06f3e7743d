import type { LifecyclePolicy, Schedule } from '@aws-sdk/client-dlm'
import { expect, test } from 'vitest'
import { readSchedule } from '../../../../core/aws/schedules/read-schedule.ts'

const nightly: Schedule = { CreateRule: { Interval: 24, IntervalUnit: 'HOURS', Times: ['03:00'] }, RetainRule: { Count: 7 } }
const policy: LifecyclePolicy = {
  PolicyId: 'policy-1',
  Description: 'nightly',
  State: 'ENABLED',
  PolicyDetails: {
    PolicyType: 'EBS_SNAPSHOT_MANAGEMENT',
    ResourceTypes: ['INSTANCE'],
    TargetTags: [{ Key: 'Backup', Value: 'yes' }],
    Schedules: [nightly],
  },
}
const withDetails = (details: LifecyclePolicy['PolicyDetails']): LifecyclePolicy => ({
  ...policy,
  PolicyDetails: { ...policy.PolicyDetails, ...details },
})
const reached = { Backup: 'yes' }

test('a policy reaches an instance with any of its tags, or whose disk has one where it is of disks', () => {
  expect(readSchedule(policy, reached, [])?.reaches).toBe('instance')
  expect(readSchedule(policy, { Backup: 'no' }, [reached])).toBeUndefined()
  const ofDisks = withDetails({ ResourceTypes: ['VOLUME'] })
  expect(readSchedule(ofDisks, reached, [{}])).toBeUndefined()
  expect(readSchedule(ofDisks, {}, [{}, reached])?.reaches).toBe('disks')
  expect(readSchedule({ ...policy, DefaultPolicy: true }, {}, [])?.reaches).toBe('all')
})

test('one with more than is edited here is told, and has no rule', () => {
  expect(readSchedule(policy, reached, [])?.rule).toEqual({
    name: 'nightly',
    timing: { kind: 'hours', hours: 24, at: '03:00' },
    keep: { kind: 'count', count: 7 },
  })
  const two = readSchedule(withDetails({ Schedules: [nightly, nightly] }), reached, [])
  expect([two?.plans.length, two?.rule]).toEqual([2, undefined])
  const monthly = { ...nightly, CreateRule: { CronExpression: 'cron(0 9 1 * ? *)' } }
  const other = readSchedule(withDetails({ Schedules: [monthly] }), reached, [])
  expect(other).toMatchObject({ plans: [{ timing: { kind: 'other', said: 'cron(0 9 1 * ? *)' } }] })
  expect(other?.rule).toBeUndefined()
})

test('what is wrong with a policy is told in AWS’s words, as plain text', () => {
  const broken: LifecyclePolicy = { ...policy, State: 'ERROR', StatusMessage: 'The role\u001b[31m cannot be assumed.' }
  const { state, problem } = readSchedule(broken, reached, []) ?? {}
  expect(state).toBe('ERROR')
  expect(problem).toMatch(/^The role.*cannot be assumed\.$/)
  expect(problem).not.toContain('\u001b')
  expect(readSchedule({ ...policy, StatusMessage: 'ENABLED' }, reached, [])).not.toHaveProperty('problem')
})
