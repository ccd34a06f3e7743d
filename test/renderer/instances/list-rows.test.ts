import { expect, test } from 'vitest'
import type { InventoryState, RegionInventory } from '../../../contract/models/instance.ts'
import { type ListInput, listRows } from '../../../renderer/instances/list-rows.ts'
import { example } from './example.ts'

function region(changes: Partial<RegionInventory> = {}): RegionInventory {
  return { profile: 'prod', region: 'us-east-1', phase: 'ready', stale: false, count: 1, revision: 1, ...changes }
}
const oneProfile = [{ profile: 'prod', phase: 'ready' as const }]
const web = example({ id: 'i-web', name: 'web' })
const far = example({ id: 'i-far', name: 'far', region: 'eu-west-1' })

function keys(inventory: InventoryState, changes: Partial<Omit<ListInput, 'inventory'>> = {}, query = '') {
  const rows = listRows({
    inventory,
    instances: new Map([
      ['prod/us-east-1', [web]],
      ['prod/eu-west-1', [far]],
    ]),
    collapsed: new Set(),
    query,
    ...changes,
  })
  return rows.map((row) => `${row.kind} ${row.key}`)
}

test('one profile: its regions with their instances, none for an empty region', () => {
  const regions = [region(), region({ region: 'eu-west-1' }), region({ region: 'sa-east-1', count: 0 })]
  expect(keys({ profiles: oneProfile, regions })).toEqual([
    'region prod/us-east-1',
    'instance prod/us-east-1/i-web',
    'region prod/eu-west-1',
    'instance prod/eu-west-1/i-far',
  ])
})

test('several profiles: each has a line of its own, and can be collapsed whole', () => {
  const inventory: InventoryState = { profiles: [...oneProfile, { profile: 'dev', phase: 'ready' }], regions: [region()] }
  expect(keys(inventory)).toEqual(['profile profile/prod', 'region prod/us-east-1', 'instance prod/us-east-1/i-web', 'profile profile/dev'])
  expect(keys(inventory, { collapsed: new Set(['profile/prod']) })).toEqual(['profile profile/prod', 'profile profile/dev'])
})

test('a region that fails says so in its own place, above its last known rows, and hides no other', () => {
  const error = { code: 'AWS_THROTTLED' as const, details: { profile: 'prod', action: 'ec2:DescribeInstances' } }
  const regions = [
    region({ phase: 'failed', error }),
    region({ region: 'eu-west-1' }),
    region({ region: 'sa-east-1', phase: 'failed', error }),
  ]
  expect(keys({ profiles: oneProfile, regions })).toEqual([
    'region prod/us-east-1',
    'problem prod/us-east-1/problem',
    'instance prod/us-east-1/i-web',
    'region prod/eu-west-1',
    'instance prod/eu-west-1/i-far',
    'region prod/sa-east-1',
    'problem prod/sa-east-1/problem',
  ])
})

test('a filter shows only regions with a match, and looks into collapsed ones', () => {
  const regions = [region(), region({ region: 'eu-west-1' })]
  const collapsed = new Set(['prod/eu-west-1'])
  expect(keys({ profiles: oneProfile, regions }, { collapsed }, 'far')).toEqual(['region prod/eu-west-1', 'instance prod/eu-west-1/i-far'])
  expect(keys({ profiles: oneProfile, regions }, {}, 'nothing')).toEqual([])
})

test('while nothing is known yet, a profile is loading; its failure is told', () => {
  expect(keys({ profiles: [{ profile: 'prod', phase: 'loading' }], regions: [] })).toEqual(['loading profile/prod/loading'])
  const error = { code: 'AWS_LOGIN_EXPIRED' as const, details: { profile: 'prod', kind: 'sso' as const } }
  expect(keys({ profiles: [{ profile: 'prod', phase: 'failed', error }], regions: [] })).toEqual(['problem profile/prod/problem'])
})
