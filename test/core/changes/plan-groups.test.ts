import { describe, expect, test } from 'vitest'
import type { AccountChange } from '../../../contract/models/change.ts'
import type { RuleContent } from '../../../contract/models/network.ts'
import { commandLine } from '../../../core/changes/command-line.ts'
import type { ChangedGroup, MachineFacts } from '../../../core/changes/facts.ts'
import { plan } from '../../../core/changes/plan.ts'
import { groupsIn } from '../../../core/changes/plan-groups.ts'

const machine: MachineFacts = {
  instanceId: 'i-1',
  name: 'web-1',
  state: 'running',
  type: 't3.micro',
  elastic: false,
  tags: {},
  volumes: [],
  vpcId: 'vpc-1',
  interfaces: [{ id: 'eni-1', groupIds: ['sg-1', 'sg-2'] }],
  protectedFrom: { termination: false, stop: false },
}
const out: RuleContent = { direction: 'outbound', protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' }, description: '' }
const fromItself: RuleContent = { direction: 'inbound', protocol: '-1', peer: { kind: 'group', groupId: 'sg-2' }, description: '' }
const groups: readonly ChangedGroup[] = [
  { id: 'sg-1', name: 'one', description: 'the first', rules: [out] },
  { id: 'sg-2', name: 'two', description: 'the second', rules: [fromItself, out] },
  { id: 'sg-3', name: 'three', description: 'the third', rules: [] },
]
const attach = (...ids: string[]): AccountChange => ({ kind: 'groups', interfaceId: 'eni-1', groupIds: ids })
function lines(change: AccountChange, facts = machine): readonly string[] {
  const place = { profile: 'p', region: 'r' }
  return plan(change, facts, groups).steps.map((step) =>
    commandLine(step, place).replace('aws ec2 ', '').replace(' --profile p --region r', ''),
  )
}
const madeGroup = (name: string) =>
  `GROUP=$(create-security-group --group-name ${name} --description d --vpc-id vpc-1 --tag-specifications '[{"ResourceType":"security-group","Tags":[{"Key":"Name","Value":"${name}"}]}]' --query GroupId --output text)`
const everything = `'[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`

describe('the calls of a change of groups', () => {
  const cases: readonly (readonly [string, AccountChange, readonly string[]])[] = [
    ['attach', attach('sg-1', 'sg-2', 'sg-3'), ['modify-network-interface-attribute --network-interface-id eni-1 --groups sg-1 sg-2 sg-3']],
    [
      'create and attach',
      { kind: 'create-group', name: 'new', description: 'd', interfaceIds: ['eni-1'] },
      [madeGroup('new'), 'modify-network-interface-attribute --network-interface-id eni-1 --groups sg-1 sg-2 $GROUP'],
    ],
    [
      'create one that lets out nothing',
      { kind: 'create-group', name: 'new', description: 'd', interfaceIds: [], rules: [] },
      [madeGroup('new'), `revoke-security-group-egress --group-id $GROUP --ip-permissions ${everything}`],
    ],
    [
      'delete one that is attached',
      { kind: 'delete-group', groupId: 'sg-2' },
      ['modify-network-interface-attribute --network-interface-id eni-1 --groups sg-1', 'delete-security-group --group-id sg-2'],
    ],
    ['delete one that nobody has', { kind: 'delete-group', groupId: 'sg-3' }, ['delete-security-group --group-id sg-3']],
  ]
  test.each(cases)('%s', (_name, change, wanted) => expect(lines(change)).toEqual(wanted))
})

test('attaching is undone by what was attached before, creating by deleting what was made', () => {
  expect(plan(attach('sg-3'), machine, groups).undo).toEqual(attach('sg-1', 'sg-2'))
  const create: AccountChange = { kind: 'create-group', name: 'new', description: 'd', interfaceIds: [] }
  expect(plan(create, machine, groups).undo).toEqual({ kind: 'delete-group', groupId: '$GROUP' })
})

test('a deleted group comes back where it was, with its rules, and one that names itself names the new one', () => {
  const { undo } = plan({ kind: 'delete-group', groupId: 'sg-2' }, machine, groups)
  expect(undo).toEqual({
    kind: 'create-group',
    name: 'two',
    description: 'the second',
    interfaceIds: ['eni-1'],
    rules: [{ ...fromItself, peer: { kind: 'group', groupId: '$GROUP' } }, out],
  })
  expect(undo && lines(undo).slice(1)).toEqual([
    `authorize-security-group-ingress --group-id $GROUP --ip-permissions '[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$GROUP"}]}]'`,
    'modify-network-interface-attribute --network-interface-id eni-1 --groups sg-1 sg-2 $GROUP',
  ])
})

test('a person reads which rules come and go, and the last group stays', () => {
  const ids = groupsIn(attach('sg-2', 'sg-3'), machine)
  expect(ids).toEqual(['sg-1', 'sg-2', 'sg-3'])
  expect(plan(attach('sg-2', 'sg-3'), machine, groups).notes).toEqual([
    { code: 'attaches-groups', params: { names: 'three' } },
    { code: 'detaches-groups', params: { names: 'one' } },
  ])
  const alone = { ...machine, interfaces: [{ id: 'eni-1', groupIds: ['sg-1'] }] }
  expect(() => plan({ kind: 'delete-group', groupId: 'sg-1' }, alone, groups)).toThrow(
    expect.objectContaining({ code: 'LAST_SECURITY_GROUP', details: { group: 'one' } }),
  )
})
