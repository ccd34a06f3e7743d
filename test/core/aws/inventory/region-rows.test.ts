import { describe, expect, test } from 'vitest'
import type { Instance } from '../../../../contract/models/instance.ts'
import { toInstance } from '../../../../core/aws/inventory/instance.ts'
import {
  alerted,
  changingIds,
  emptyRegion,
  failed,
  followed,
  listed,
  loading,
  remembered,
  unreached,
} from '../../../../core/aws/inventory/region-rows.ts'

const place = { profile: 'prod', region: 'eu-west-1' }
function row(id: string, state = 'running'): Instance {
  const made = toInstance({ InstanceId: id, State: { Name: state as 'running' } }, {}, place)
  if (!made) throw new Error('no row')
  return made
}
const NOW = '2026-01-02T03:04:05.000Z'
const LATER = '2026-01-02T03:05:05.000Z'
const error = { code: 'AWS_NOT_ALLOWED', details: { profile: 'prod', action: 'ec2:DescribeInstances' } } as const
const first = listed(emptyRegion('prod', 'eu-west-1'), [row('i-2'), row('i-1')], NOW)

describe('a region’s rows', () => {
  test('are in one order, whatever AWS’s is, and counted', () => {
    expect(first.instances.map(({ ref }) => ref.instanceId)).toEqual(['i-1', 'i-2'])
    expect(first.summary).toEqual({ ...place, phase: 'ready', stale: false, asOf: NOW, count: 2, revision: 1 })
  })
  test('have a new revision only when something is different', () => {
    const again = listed(first, [row('i-1'), row('i-2')], LATER)
    expect(again.summary).toMatchObject({ revision: 1, asOf: LATER })
    expect(listed(again, [row('i-1'), row('i-2', 'stopped')], LATER).summary.revision).toBe(2)
  })
  test('keep what AWS told of their health until it is asked again, and as long as they run', () => {
    const alert = { impaired: ['system' as const] }
    const alerts = ({ instances }: typeof first) => instances.map((each) => each.alert)
    const told = alerted(first, new Map([['i-1', alert]]))
    expect([alerts(told), told.summary.revision]).toEqual([[alert, undefined], 2])
    const again = listed(told, [row('i-1'), row('i-2')], LATER)
    expect([alerts(again), again.summary.revision]).toEqual([[alert, undefined], 2])
    expect(alerts(followed(told, ['i-1'], [row('i-1', 'stopping')]))).toEqual([undefined, undefined])
    expect(alerts(alerted(again, new Map()))).toEqual([undefined, undefined])
  })
  test('stay, marked as old, when the region fails, and are new again after it answers', () => {
    const broken = failed(first, error)
    expect(broken.summary).toMatchObject({ phase: 'failed', stale: true, count: 2, revision: 1, asOf: NOW, error })
    const again = listed(loading(broken), [row('i-1')], LATER)
    expect(again.summary).toEqual({ ...place, phase: 'ready', stale: false, asOf: LATER, count: 1, revision: 2 })
  })
  test('do not repeat what their profile says when all of it fails', () => {
    expect(unreached(failed(first, error)).summary).toEqual({ ...first.summary, phase: 'failed', stale: true })
  })
  test('from disk are old until AWS answers', () => {
    const old = remembered('prod', 'eu-west-1', [row('i-1')], NOW)
    expect(old.summary).toEqual({ ...place, phase: 'loading', stale: true, asOf: NOW, count: 1, revision: 1 })
  })
  test('follow those that change, and let go of those that are gone', () => {
    const stopping = listed(first, [row('i-1', 'stopping'), row('i-2', 'shutting-down'), row('i-3')], NOW)
    expect(changingIds(stopping)).toEqual(['i-1', 'i-2'])
    const after = followed(stopping, ['i-1', 'i-2'], [row('i-1', 'stopped')])
    expect(after.instances.map(({ ref, state }) => [ref.instanceId, state])).toEqual([
      ['i-1', 'stopped'],
      ['i-3', 'running'],
    ])
    expect(changingIds(after)).toEqual([])
  })
})
