import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { RuleContent } from '../../../contract/models/network.ts'
import { commandLine } from '../../../core/network/command-line.ts'
import type { Step } from '../../../core/network/step.ts'

const place = { profile: "it's $(touch x) mine", region: 'us-east-1' }
const rule: RuleContent = {
  direction: 'inbound',
  protocol: 'tcp',
  fromPort: 5000,
  toPort: 5000,
  peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  description: 'a `b` "c"',
}

/** What a real shell makes of it. */
function words(step: Step): readonly string[] {
  const line = commandLine(step, place)
  return execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`])
    .toString()
    .split('\0')
    .slice(0, -1)
}

test('adding rules is one call, whose words reach the program as they are', () => {
  const step: Step = { kind: 'authorize', direction: 'inbound', groupId: 'sg-1', rules: [rule], mark: 'abc' }
  const [aws, ec2, call, ...rest] = words(step)
  expect([aws, ec2, call]).toEqual(['aws', 'ec2', 'authorize-security-group-ingress'])
  expect(rest.slice(0, 6)).toEqual(['--profile', place.profile, '--region', 'us-east-1', '--group-id', 'sg-1'])
  expect(JSON.parse(rest[rest.indexOf('--ip-permissions') + 1] ?? '')).toEqual([
    { IpProtocol: 'tcp', FromPort: 5000, ToPort: 5000, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'a `b` "c"' }] },
  ])
  expect(JSON.parse(rest[rest.indexOf('--tag-specifications') + 1] ?? '')).toEqual([
    { ResourceType: 'security-group-rule', Tags: [{ Key: 'mooring:ends', Value: 'abc' }] },
  ])
})

test('removing and changing go by the rules’ ids', () => {
  expect(words({ kind: 'revoke', direction: 'outbound', groupId: 'sg-1', ruleIds: ['sgr-1', 'sgr-2'] }).slice(2)).toEqual([
    'revoke-security-group-egress',
    ...['--profile', place.profile, '--region', 'us-east-1', '--group-id', 'sg-1', '--security-group-rule-ids', 'sgr-1', 'sgr-2'],
  ])
  const changed = words({
    kind: 'modify',
    direction: 'inbound',
    groupId: 'sg-1',
    ruleId: 'sgr-1',
    rule: { ...rule, protocol: '-1', description: '' },
  })
  expect(changed[2]).toBe('modify-security-group-rules')
  expect(JSON.parse(changed.at(-1) ?? '')).toEqual([
    { SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: { IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' } },
  ])
})
