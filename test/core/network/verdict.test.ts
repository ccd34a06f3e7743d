import { expect, test } from 'vitest'
import type { ConnectFacts } from '../../../core/network/verdict/connect-facts.ts'
import { decide } from '../../../core/network/verdict/verdict.ts'
import { good, inShort, me } from '../../support/network-facts.ts'
import { networks } from '../../support/networks.ts'

test('the table holds at least sixty networks, each of its own', () => {
  expect(new Set(networks.map(([name]) => name)).size).toBeGreaterThanOrEqual(60)
})

test.each(networks)('%s', (_name, changes, verdict) => {
  expect(inShort(decide({ ...good, ...changes }))).toBe(verdict)
})

test('the rule that is missing is for this computer alone, and says whose it is', () => {
  expect(decide({ ...good, rules: [], author: { user: 'añä\n"; rm', date: '2026-11-25' } }).remedy).toEqual({
    kind: 'allow',
    address: me,
    port: '22',
    group: 'web',
    change: {
      kind: 'add',
      groupId: 'sg-web',
      end: 'keep',
      rule: {
        direction: 'inbound',
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        peer: { kind: 'cidr', cidr: '203.0.113.5/32' },
        description: 'Mooring: a----- rm, 2026-11-25',
      },
    },
  })
})

test('the way is told in order, and what is not on it is not judged', () => {
  const outcomes = (facts: ConnectFacts) => decide(facts).links.map(({ link, outcome }) => `${link} ${outcome}`)
  expect(outcomes({ ...good, way: 'private', rules: [], probe: { kind: 'banner', software: 'x' } })).toEqual([
    'this-computer ok',
    'state ok',
    'address ok',
    'block-public-access skipped',
    'route skipped',
    'acl-in skipped',
    'security-groups skipped',
    'acl-out skipped',
    'status ok',
    'answer ok',
  ])
})
