import { expect, test } from 'vitest'
import type { RuleContent } from '../../../contract/models/network.ts'
import { findRedundant } from '../../../core/network/findings.ts'

/** `tcp 22 0.0.0.0/0`, `-1 * sg-1`, `tcp 80-90 pl-1 out`. */
function rule(text: string, index: number): RuleContent & { id: string } {
  const [protocol = '', ports = '*', peer = '', out] = text.split(' ')
  const [from, to = from] = ports === '*' ? [] : ports.split('-').map((port) => (port === 'any' ? -1 : Number(port)))
  return {
    id: String(index),
    direction: out ? 'outbound' : 'inbound',
    protocol,
    fromPort: from,
    toPort: to,
    description: '',
    peer: peer.startsWith('sg-')
      ? { kind: 'group', groupId: peer }
      : peer.startsWith('pl-')
        ? { kind: 'prefix-list', prefixListId: peer }
        : { kind: peer.includes(':') ? 'ipv6' : 'ipv4', cidr: peer },
  }
}

const world = '0.0.0.0/0'
test.each<readonly [rules: readonly string[], found: readonly string[]]>([
  [[`tcp 22 ${world}`, 'tcp 22 ::/0'], []],
  [[`tcp 22 ${world}`, `tcp 22 ${world}`], ['1 duplicate 0']],
  [[`tcp 22 ${world}`, 'tcp 22 203.0.113.5/32'], ['1 shadowed 0']],
  [['tcp 22 203.0.113.5/32', `tcp 22 ${world}`], ['0 shadowed 1']],
  [[`tcp 22 ${world}`, `udp 22 ${world}`], []],
  [[`tcp 22 ${world}`, `tcp 22 ${world} out`], []],
  [[`-1 * ${world}`, `tcp 22 ${world}`], ['1 shadowed 0']],
  [[`-1 * ${world}`, `50 * ${world}`], ['1 shadowed 0']],
  [[`50 * ${world}`, `50 * ${world}`], ['1 duplicate 0']],
  [[`50 * ${world}`, `51 * ${world}`], []],
  [[`tcp 1-100 ${world}`, `tcp 50-150 ${world}`], ['1 overlap 0']],
  [[`tcp 1-100 ${world}`, `tcp 101-150 ${world}`], []],
  [[`tcp 1-100 ${world}`, `tcp 50-100 ${world}`], ['1 shadowed 0']],
  [[`tcp 22 ${world}`, 'tcp 20-30 10.0.0.0/8'], ['1 overlap 0']],
  [['tcp 22 10.0.0.0/8', 'tcp 22 10.1.0.0/16'], ['1 shadowed 0']],
  [['tcp 22 10.0.0.0/8', 'tcp 22 11.0.0.0/8'], []],
  [['tcp 22 2001:db8::/32', 'tcp 22 2001:db8:7::/48'], ['1 shadowed 0']],
  [['tcp 22 sg-1', 'tcp 22 sg-1'], ['1 duplicate 0']],
  [['tcp 22 sg-1', 'tcp 22 sg-2'], []],
  [['tcp 22 sg-1', `tcp 22 ${world}`], []],
  [['-1 * sg-1', 'tcp 22 sg-1'], ['1 shadowed 0']],
  [['tcp 22 pl-1', 'tcp 22 pl-1'], ['1 duplicate 0']],
  [['tcp 22 pl-1', 'tcp 22 sg-1'], []],
  [[`icmp any-any ${world}`, `icmp 8-any ${world}`], ['1 shadowed 0']],
  [[`icmp 8-0 ${world}`, `icmp 8-0 ${world}`], ['1 duplicate 0']],
  [[`icmp 8-0 ${world}`, `icmp 3-4 ${world}`], []],
  [
    [`tcp 22 ${world}`, `tcp 22 ${world}`, `tcp 22 ${world}`],
    ['1 duplicate 0', '2 duplicate 0'],
  ],
  [[`tcp 22 ${world}`, `tcp 443 ${world}`, 'tcp 0-65535 10.0.0.0/8'], ['2 overlap 0']],
])('%j: %j', (rules, found) => {
  expect(findRedundant(rules.map(rule)).map(({ ruleId, kind, by }) => `${ruleId} ${kind} ${by}`)).toEqual(found)
})
