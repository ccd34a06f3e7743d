import { describe, expect, test } from 'vitest'
import { type AddressFacts, chooseAddress } from '../../../core/reach/address.ts'

const addresses = { publicAddress: '203.0.113.10', ipv6Address: '2001:db8::10', privateAddress: '10.0.0.10' }
const sshConfig = (more: Partial<NonNullable<AddressFacts['sshConfig']>>) => ({
  identityFiles: [],
  problems: [],
  matched: 'web-*',
  ...more,
})
const choose = (facts: Partial<AddressFacts>) => {
  const address = chooseAddress({ choices: {}, tags: {}, addresses, ...facts })
  return address && `${address.host} ${address.port} ${address.reason}`
}

describe('the address of an instance', () => {
  const { publicAddress: _public, ...withoutPublic } = addresses
  const table: readonly (readonly [string, Partial<AddressFacts>, string | undefined])[] = [
    ['is the public one', {}, '203.0.113.10 22 public'],
    ['else IPv6', { addresses: withoutPublic }, '2001:db8::10 22 ipv6'],
    ['else the private one', { addresses: { privateAddress: '10.0.0.10' } }, '10.0.0.10 22 private'],
    ['else none', { addresses: {} }, undefined],
    ['is the one that the tag asks for', { tags: { 'mooring:via': 'private' } }, '10.0.0.10 22 tag'],
    ['is IPv6 if the tag asks for it', { tags: { 'mooring:via': ' IPv6 ' } }, '2001:db8::10 22 tag'],
    ['is as if untagged where the tag asks for what is not there', { tags: { 'mooring:via': 'bastion' } }, '203.0.113.10 22 public'],
    ['is the chosen one', { choices: { address: '192.0.2.1' }, tags: { 'mooring:via': 'private' } }, '192.0.2.1 22 choice'],
    [
      'is what ~/.ssh/config makes of it',
      { sshConfig: sshConfig({ hostName: 'bastion.example.org' }) },
      'bastion.example.org 22 ssh-config',
    ],
    ['is not what no host can be called', { sshConfig: sshConfig({ hostName: 'a b' }) }, '203.0.113.10 22 public'],
    [
      'needs no address of AWS’s then',
      { addresses: {}, sshConfig: sshConfig({ hostName: '127.0.0.1', port: 2222 }) },
      '127.0.0.1 2222 ssh-config',
    ],
  ]
  for (const [what, facts, expected] of table) test(what, () => expect(choose(facts)).toBe(expected))
})

describe('the port', () => {
  const table: readonly (readonly [string, Partial<AddressFacts>, number])[] = [
    ['comes from the tag', { tags: { 'mooring:port': '2222' } }, 2222],
    ['comes from ~/.ssh/config before the tag', { tags: { 'mooring:port': '2222' }, sshConfig: sshConfig({ port: 2200 }) }, 2200],
    ['comes from the choice first', { choices: { port: 2100 }, sshConfig: sshConfig({ port: 2200 }) }, 2100],
    ...['0', '65536', '-1', '22; id', '2 2', '1e3', ''].map(
      (value) => [`is 22 where the tag says ${JSON.stringify(value)}`, { tags: { 'mooring:port': value } }, 22] as const,
    ),
  ]
  for (const [what, facts, port] of table) test(what, () => expect(choose(facts)).toContain(` ${port} `))
})
