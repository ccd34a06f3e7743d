import { expect, test } from 'vitest'
import type { ChangeTarget } from '../../../contract/models/change.ts'
import type { ChangeCalls } from '../../../core/changes/facts.ts'
import { run } from '../../../core/changes/run.ts'
import { call, wait } from '../../../core/changes/step.ts'
import { START } from '../../../core/changes/under-way.ts'
import { UserError } from '../../../core/user-error.ts'

const activity = { add: async () => undefined, list: async () => [] }
const steps = [
  call('StopInstances', { InstanceIds: ['i-1'] }),
  wait('instance-stopped', 'i-1'),
  call('StartInstances', { InstanceIds: ['i-1'] }),
]

async function runWith(calls: Partial<ChangeCalls>, signal = new AbortController().signal) {
  const told: Omit<ChangeTarget, 'target' | 'name' | 'region'>[] = []
  const place = { profile: 'p', region: 'r' }
  const all = { send: async () => ({}), progress: async () => ({ done: true }), ...calls } as ChangeCalls
  const onHost = async () => []
  await run(
    { place, target: 'i-1', steps, cause: 'person', from: START },
    {
      calls: all,
      activity,
      onHost,
      signal,
      onProgress: (progress) => told.push(progress),
      onStand: () => undefined,
      onStep: () => undefined,
    },
  )
  return told
}

test('calls, waits and calls again', async () => {
  expect((await runWith({})).map(({ phase }) => phase)).toEqual(['calling', 'waiting', 'calling', 'done'])
})

test('AWS’s own no ends it, and so does what comes to nothing', async () => {
  const refusal = new UserError('AWS_NOT_ALLOWED', { profile: 'p', action: 'ec2:StopInstances' })
  expect((await runWith({ send: () => Promise.reject(refusal) })).at(-1)).toEqual({ phase: 'failed', error: refusal.data })
  expect((await runWith({ progress: async () => ({ done: false, failed: 'no capacity' }) })).at(-1)).toEqual({
    phase: 'failed',
    error: { code: 'CHANGE_FAILED', details: { target: 'i-1', said: 'no capacity' } },
  })
})

test('a question that was throttled is asked again', async () => {
  let asked = 0
  const progress = async () => {
    asked += 1
    if (asked === 1) throw new UserError('AWS_THROTTLED', { profile: 'p', action: 'ec2:DescribeInstances' })
    return { done: true }
  }
  expect((await runWith({ progress })).at(-1)).toEqual({ phase: 'done' })
  expect(asked).toBe(2)
})

test('who stops waiting leaves what was accepted, and begins nothing more', async () => {
  const waiting = new AbortController()
  const sent: string[] = []
  const told = await runWith(
    {
      send: async (_place, { action }) => void sent.push(action),
      progress: async () => {
        waiting.abort()
        return { done: false }
      },
    },
    waiting.signal,
  )
  expect(told.at(-1)).toEqual({ phase: 'left' })
  expect(sent).toEqual(['StopInstances'])
})
