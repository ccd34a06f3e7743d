import { describe, expect, test } from 'vitest'
import type { RuleContent } from '../../../contract/models/network.ts'
import type { AuditFacts } from '../../../core/audit/audit-facts.ts'
import { exposure } from '../../../core/audit/exposure.ts'
import { findFaults } from '../../../core/audit/faults.ts'
import type { NetworkInterface, RuleFacts } from '../../../core/network/network-calls.ts'

const world = { kind: 'ipv4', cidr: '0.0.0.0/0' } as const
const rule = (protocol: string, ports: readonly [number, number] | undefined, peer: RuleContent['peer'] = world): RuleContent => ({
  direction: 'inbound',
  protocol,
  ...(ports ? { fromPort: ports[0], toPort: ports[1] } : {}),
  peer,
  description: '',
})

describe('what a rule shows to the world', () => {
  const cases: readonly (readonly [string, RuleContent, ReturnType<typeof exposure>])[] = [
    ['SSH', rule('tcp', [22, 22]), { kind: 'open-ssh', services: ['SSH (22)'] }],
    ['SSH by IPv6', rule('tcp', [22, 22], { kind: 'ipv6', cidr: '::/0' }), { kind: 'open-ssh', services: ['SSH (22)'] }],
    ['SSH to some', rule('tcp', [22, 22], { kind: 'ipv4', cidr: '10.0.0.0/8' }), undefined],
    ['SSH to a group', rule('tcp', [22, 22], { kind: 'group', groupId: 'sg-1' }), undefined],
    ['remote desktop', rule('tcp', [3389, 3389]), { kind: 'open-rdp', services: ['RDP (3389)'] }],
    ['a database', rule('tcp', [5432, 5432]), { kind: 'open-database', services: ['PostgreSQL (5432)'] }],
    [
      'a range over several',
      rule('tcp', [3300, 5500]),
      { kind: 'open-rdp', services: ['RDP (3389)', 'MySQL (3306)', 'PostgreSQL (5432)', 'Redshift (5439)'] },
    ],
    ['the web', rule('tcp', [80, 443]), undefined],
    ['UDP on 22', rule('udp', [22, 22]), undefined],
    ['Memcached by UDP', rule('17', [11_211, 11_211]), { kind: 'open-database', services: ['Memcached (11211)'] }],
    ['every port', rule('tcp', [0, 65_535]), { kind: 'open-everything', services: [] }],
    ['every protocol', rule('-1', undefined), { kind: 'open-everything', services: [] }],
    ['ping', rule('icmp', [8, -1]), undefined],
    ['what goes out', { ...rule('-1', undefined), direction: 'outbound' }, undefined],
  ]
  test.each(cases)('%s', (_name, given, wanted) => expect(exposure(given)).toEqual(wanted))
})

const place = { profile: 'p', region: 'r' }
const group = (id: string, name = id) => ({ id, name, description: '', vpcId: 'vpc-1' })
const of = (id: string, groupId: string, content: RuleContent): RuleFacts => ({ ...content, id, groupId })
const card = (id: string, groupIds: readonly string[], more: Partial<NetworkInterface> = {}): NetworkInterface => ({
  id,
  groupIds,
  subnetId: '',
  vpcId: 'vpc-1',
  instanceId: 'i-1',
  description: '',
  deviceIndex: 0,
  publicAddresses: ['203.0.113.1'],
  ipv6Addresses: [],
  privateAddresses: [],
  ...more,
})
const facts: AuditFacts = {
  place,
  groups: [group('sg-1', 'web'), group('sg-2', 'old'), group('sg-3', 'default'), group('sg-4', 'named')],
  rules: [
    of('r-1', 'sg-1', rule('tcp', [22, 22])),
    of('r-2', 'sg-1', rule('tcp', [22, 22], { kind: 'ipv4', cidr: '198.51.100.0/24' })),
    of('r-3', 'sg-1', rule('tcp', [5432, 5432], { kind: 'group', groupId: 'sg-4' })),
    of('r-4', 'sg-2', rule('tcp', [22, 22])),
    of('r-5', 'sg-1', rule('tcp', [6379, 6379], { kind: 'ipv6', cidr: '::/0' })),
  ],
  interfaces: [card('eni-1', ['sg-1'])],
  instances: [
    { instanceId: 'i-1', name: 'web-1', tokens: 'optional', endpoint: 'enabled' },
    { instanceId: 'i-2', name: '', tokens: 'required', endpoint: 'enabled' },
    { instanceId: 'i-3', name: 'dark', tokens: 'optional', endpoint: 'disabled' },
  ],
  volumes: [
    { id: 'vol-1', name: '', sizeGiB: 8, encrypted: false, attachedTo: ['i-1'] },
    { id: 'vol-2', name: 'data', sizeGiB: 100, encrypted: false, attachedTo: [] },
    { id: 'vol-3', name: '', sizeGiB: 8, encrypted: true, attachedTo: ['i-2'] },
  ],
}
const found = (given: AuditFacts) => findFaults(given).map(({ id, weight }) => `${weight} ${id}`)

test('a region’s faults are told once each, the worst first', () => {
  expect(found(facts)).toEqual([
    'high open-ssh r-1',
    'high open-database r-5',
    'medium imds-v1 i-1',
    'low unencrypted-volume vol-1',
    'low unattached-volume vol-2',
    'low unused-group sg-2',
    'low rule-of-nobody r-3',
    'low redundant-rule r-2',
  ])
})

test('each has its one remedy, and says what uses it', () => {
  const by = Object.fromEntries(findFaults(facts).map((fault) => [fault.id, fault]))
  expect(by['open-ssh r-1']).toEqual({
    id: 'open-ssh r-1',
    kind: 'open-ssh',
    weight: 'high',
    ...place,
    target: 'r-1',
    name: 'web',
    params: { services: 'SSH (22)', from: '0.0.0.0/0', group: 'sg-1' },
    users: ['web-1'],
    remedy: {
      kind: 'network',
      target: { ...place, groupId: 'sg-1' },
      change: {
        kind: 'edit',
        ruleId: 'r-1',
        rule: { direction: 'inbound', protocol: 'tcp', fromPort: 22, toPort: 22, peer: { kind: 'this-computer' }, description: '' },
      },
    },
  })
  expect(by['open-database r-5']?.remedy).toMatchObject({ kind: 'network', change: { kind: 'remove', ruleId: 'r-5' } })
  expect(by['imds-v1 i-1']?.remedy).toEqual({
    kind: 'change',
    refs: [{ ...place, instanceId: 'i-1' }],
    change: { kind: 'metadata', tokens: 'required' },
  })
  expect(by['unused-group sg-2']?.remedy).toMatchObject({ kind: 'change', change: { kind: 'delete-group', groupId: 'sg-2' } })
  expect(by['redundant-rule r-2']?.remedy).toMatchObject({ kind: 'network', change: { kind: 'remove', ruleId: 'r-2' } })
})

test('what nobody on the internet can come to weighs less', () => {
  expect(found({ ...facts, interfaces: [card('eni-1', ['sg-1'], { publicAddresses: [] })] }).slice(0, 1)).toEqual(['medium open-ssh r-1'])
})

test('of what could not be looked at nothing is said', () => {
  const nothing = { groups: undefined, rules: undefined, interfaces: undefined, instances: undefined, volumes: undefined }
  expect(findFaults({ place, ...nothing })).toEqual([])
  // Without interfaces nobody knows what is unused, but what is open is open.
  expect(found({ ...facts, interfaces: undefined }).filter((each) => /group|nobody|open/.test(each))).toEqual([
    'high open-ssh r-4',
    'high open-ssh r-1',
    'high open-database r-5',
  ])
  // Another group's rules may name it.
  expect(found({ ...facts, rules: undefined }).some((each) => each.includes('unused-group'))).toBe(false)
})
