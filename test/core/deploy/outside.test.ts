import { expect, test } from 'vitest'
import { admits, outsideLook } from '../../../core/deploy/outside.ts'

const facts = { address: '203.0.113.10', port: 5000, answer: 'silent', listening: 'everywhere', admitted: true } as const

test.each([
  ['it answers', { answer: 404 }, { kind: 'answers', url: 'http://203.0.113.10:5000', status: 404 }],
  ['nothing listens', { listening: 'nowhere', admitted: false }, 'not-listening'],
  ['it listens on 127.0.0.1 only, whatever the rules', { listening: 'loopback', admitted: false }, 'loopback'],
  ['no rule', { admitted: false }, 'no-rule'],
  ['something else drops it', {}, 'silent'],
  ['a firewall of the machine refuses', { answer: 'refused' }, 'refused'],
  ['rules that cannot be read', { admitted: undefined }, 'silent'],
  ['no address', { address: undefined }, { kind: 'no-address' }],
] as const)('%s', (_name, changes, expected) => {
  const look = outsideLook({ ...facts, ...changes })
  expect(look.kind === 'fails' ? look.because : look).toEqual(expected)
})

const rule = {
  id: 'r',
  groupId: 'g',
  direction: 'inbound',
  protocol: 'tcp',
  fromPort: 5000,
  toPort: 5010,
  peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  description: '',
} as const

test.each([
  [rule, 5005, true],
  [rule, 5011, false],
  [{ ...rule, direction: 'outbound' }, 5000, false],
  [{ ...rule, protocol: 'udp' }, 5000, false],
  [{ ...rule, protocol: '-1', fromPort: undefined, toPort: undefined }, 5000, true],
  [{ ...rule, peer: { kind: 'ipv4', cidr: '192.0.2.0/24' } }, 5000, false],
  [{ ...rule, peer: { kind: 'ipv4', cidr: '192.0.2.0/24' }, thisComputer: 'among' }, 5000, true],
  [{ ...rule, peer: { kind: 'ipv6', cidr: '::/0' } }, 5000, false],
] as const)('a rule lets this computer in: %#', (each, port, expected) => {
  expect(admits([each], port)).toBe(expected)
})
