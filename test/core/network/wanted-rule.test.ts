import { expect, test } from 'vitest'
import type { WantedPeer, WantedRule } from '../../../contract/models/network.ts'
import { canonicalCidr, contains } from '../../../core/network/cidr.ts'
import { editedRule, rulesFor } from '../../../core/network/wanted-rule.ts'

const wanted = (peer: WantedPeer, more: Partial<WantedRule> = {}): WantedRule => ({
  direction: 'inbound',
  protocol: 'tcp',
  fromPort: 22,
  peer,
  description: '',
  ...more,
})
const peers = (rule: WantedRule, own?: string) => rulesFor(rule, own).map(({ peer }) => ('cidr' in peer ? peer.cidr : peer.kind))

test('anyone is two rules, but for ICMP, which is one protocol in each version', () => {
  expect(peers(wanted({ kind: 'anyone' }))).toEqual(['0.0.0.0/0', '::/0'])
  expect(peers(wanted({ kind: 'anyone' }, { protocol: 'icmp', fromPort: undefined }))).toEqual(['0.0.0.0/0'])
})

test('this computer is its address alone, and is never guessed', () => {
  expect(peers(wanted({ kind: 'this-computer' }), '203.0.113.5')).toEqual(['203.0.113.5/32'])
  expect(() => peers(wanted({ kind: 'this-computer' }))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
})

test('a port alone is a range of one; everything has no ports', () => {
  expect(rulesFor(wanted({ kind: 'cidr', cidr: '10.0.0.9/8' }), undefined)).toMatchObject([
    { fromPort: 22, toPort: 22, peer: { kind: 'ipv4', cidr: '10.0.0.0/8' } },
  ])
  expect(rulesFor(wanted({ kind: 'group', groupId: 'sg-1' }, { protocol: '-1' }), undefined)[0]).not.toHaveProperty('fromPort')
  for (const ports of [{ fromPort: undefined }, { fromPort: 10, toPort: 9 }, { fromPort: -1 }])
    expect(() => peers(wanted({ kind: 'anyone' }, ports))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
})

test('what a rule is about keeps its kind', () => {
  const before = { direction: 'inbound', protocol: 'tcp', fromPort: 22, toPort: 22, description: '' } as const
  const ipv6 = { ...before, peer: { kind: 'ipv6', cidr: '2001:db8::/32' } } as const
  expect(editedRule(wanted({ kind: 'anyone' }), ipv6, undefined).peer).toEqual({ kind: 'ipv6', cidr: '::/0' })
  expect(() => editedRule(wanted({ kind: 'this-computer' }), ipv6, '203.0.113.5')).toThrow(
    expect.objectContaining({ details: { field: 'peer', problem: 'other-kind-of-source' } }),
  )
})

test.each([
  ['203.0.113.5', '203.0.113.5/32'],
  ['203.0.113.5/24', '203.0.113.0/24'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['2001:DB8::1/32', '2001:db8::/32'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['10.1', undefined],
  ['0x7f000001', undefined],
  ['203.0.113.5/33', undefined],
  ['203.0.113.256', undefined],
  ['$(id)', undefined],
  ['', undefined],
])('%s is the CIDR %s', (text, cidr) => {
  expect(canonicalCidr(text)?.cidr).toBe(cidr)
})

test('an address is in a block of its own version only', () => {
  expect(contains('0.0.0.0/0', '203.0.113.5')).toBe(true)
  expect(contains('0.0.0.0/0', '2001:db8::1')).toBe(false)
  expect(contains('203.0.113.4/31', '203.0.113.6')).toBe(false)
})
