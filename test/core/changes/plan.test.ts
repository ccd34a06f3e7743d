import { describe, expect, test } from 'vitest'
import type { AccountChange } from '../../../contract/models/change.ts'
import { commandLine } from '../../../core/changes/command-line.ts'
import type { MachineFacts } from '../../../core/changes/facts.ts'
import { plan } from '../../../core/changes/plan.ts'

const machine: MachineFacts = {
  instanceId: 'i-1',
  name: 'web-1',
  state: 'running',
  type: 't3.micro',
  publicAddress: '203.0.113.10',
  elastic: false,
  tags: { Name: 'web-1', Role: 'web' },
  volumes: [
    { id: 'vol-1', device: '/dev/sda1', goesWithInstance: true, root: true },
    { id: 'vol-2', device: '/dev/sdf', goesWithInstance: false, root: false },
  ],
  zone: 'ra',
  vpcId: 'vpc-1',
  interfaces: [{ id: 'eni-1', groupIds: ['sg-1', 'sg-2'] }],
  protectedFrom: { termination: false, stop: false },
}
const stopped: MachineFacts = { ...machine, state: 'stopped' }
const guarded: MachineFacts = { ...machine, protectedFrom: { termination: true, stop: true } }
const image = { id: 'ami-1', name: 'n', architecture: 'x86_64', rootDevice: '/dev/sda1', sizeGiB: 8, snapshotIds: ['snap-1', 'snap-2'] }
const more = { mark: 'm', image, place: { profile: 'p', region: 'r' }, groups: [] }
const place = { profile: 'p', region: 'r' }

/** The calls as the CLI has them, without what they have in common. */
function lines(change: AccountChange, facts: MachineFacts = machine): readonly string[] {
  return plan(change, { ...more, machine: facts }).steps.map((step) =>
    commandLine(step, place).replace('aws ec2 ', '').replace(' --profile p --region r', ''),
  )
}
const notes = (change: AccountChange, facts: MachineFacts = machine) =>
  plan(change, { ...more, machine: facts }).notes.map(({ code }) => code)

describe('the calls of a change', () => {
  const cases: readonly (readonly [string, AccountChange, MachineFacts, readonly string[]])[] = [
    ['start', { kind: 'start' }, stopped, ['start-instances --instance-ids i-1', 'wait instance-running --instance-ids i-1']],
    ['stop', { kind: 'stop' }, machine, ['stop-instances --instance-ids i-1', 'wait instance-stopped --instance-ids i-1']],
    ['reboot', { kind: 'reboot' }, machine, ['reboot-instances --instance-ids i-1']],
    [
      'terminate',
      { kind: 'terminate' },
      machine,
      ['terminate-instances --instance-ids i-1', 'wait instance-terminated --instance-ids i-1'],
    ],
    [
      'terminate what is protected',
      { kind: 'terminate', lift: true },
      guarded,
      [
        'modify-instance-attribute --instance-id i-1 --no-disable-api-termination',
        'terminate-instances --instance-ids i-1',
        'wait instance-terminated --instance-ids i-1',
      ],
    ],
    [
      'the type of a stopped one',
      { kind: 'type', type: 't3.small' },
      stopped,
      [`modify-instance-attribute --instance-id i-1 --instance-type '{"Value":"t3.small"}'`],
    ],
    [
      'the type of a running one',
      { kind: 'type', type: 't3.small' },
      machine,
      [
        'stop-instances --instance-ids i-1',
        'wait instance-stopped --instance-ids i-1',
        `modify-instance-attribute --instance-id i-1 --instance-type '{"Value":"t3.small"}'`,
        'start-instances --instance-ids i-1',
        'wait instance-running --instance-ids i-1',
      ],
    ],
    ['protect', { kind: 'protect', what: 'stop', on: true }, machine, ['modify-instance-attribute --instance-id i-1 --disable-api-stop']],
    [
      'tags, only those that differ',
      { kind: 'tags', set: { Name: 'web-1', Role: 'api', New: '' }, remove: ['Gone', 'Role'] },
      machine,
      [`create-tags --resources i-1 --tags '[{"Key":"Role","Value":"api"},{"Key":"New","Value":""}]'`],
    ],
    [
      'an image, going on working',
      { kind: 'create-image', name: 'n', description: '', reboot: false },
      machine,
      [
        `IMAGE=$(create-image --instance-id i-1 --name n --no-reboot --tag-specifications '[{"ResourceType":"image","Tags":[{"Key":"Name","Value":"n"},{"Key":"mooring:instance","Value":"i-1"},{"Key":"mooring:change","Value":"m"}]},{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"n"},{"Key":"mooring:instance","Value":"i-1"},{"Key":"mooring:change","Value":"m"}]}]' --query ImageId --output text)`,
        'wait image-available --image-ids $IMAGE',
      ],
    ],
    [
      'snapshots of the second disk alone',
      { kind: 'create-snapshots', name: 'n', volumeIds: ['vol-2'] },
      machine,
      [
        `SNAPSHOTS=$(create-snapshots --instance-specification '{"InstanceId":"i-1","ExcludeBootVolume":true}' --description n --tag-specifications '[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"n"},{"Key":"mooring:instance","Value":"i-1"},{"Key":"mooring:change","Value":"m"}]}]' --query 'Snapshots[].SnapshotId' --output text)`,
        'wait snapshot-completed --snapshot-ids $SNAPSHOTS',
      ],
    ],
    [
      'an image with its snapshots deleted',
      { kind: 'delete-image', imageId: 'ami-1', withSnapshots: true },
      machine,
      ['deregister-image --image-id ami-1', 'delete-snapshot --snapshot-id snap-1', 'delete-snapshot --snapshot-id snap-2'],
    ],
    ['tags taken away', { kind: 'tags', set: {}, remove: ['Role'] }, machine, [`delete-tags --resources i-1 --tags '[{"Key":"Role"}]'`]],
  ]
  test.each(cases)('%s', (_name, change, facts, wanted) => expect(lines(change, facts)).toEqual(wanted))
})

test('a protection stands in the way until it is to be switched off', () => {
  expect(plan({ kind: 'terminate' }, { ...more, machine: guarded }).protectedFrom).toBe('termination')
  expect(plan({ kind: 'stop' }, { ...more, machine: guarded }).protectedFrom).toBe('stop')
  expect(plan({ kind: 'stop', lift: true }, { ...more, machine: guarded }).protectedFrom).toBeUndefined()
})

test('a person is told what ends, goes and stays', () => {
  expect(notes({ kind: 'stop' })).toEqual(['sessions-end', 'address-changes'])
  expect(notes({ kind: 'stop' }, { ...machine, elastic: true })).toEqual(['sessions-end', 'address-stays'])
  expect(plan({ kind: 'terminate' }, { ...more, machine }).notes).toEqual([
    { code: 'for-good', params: {} },
    { code: 'deletes-volumes', params: { volumes: 'vol-1 (/dev/sda1)' } },
    { code: 'keeps-volumes', params: { volumes: 'vol-2 (/dev/sdf)' } },
  ])
})

describe('what takes a change back', () => {
  const cases: readonly (readonly [AccountChange, AccountChange | undefined])[] = [
    [{ kind: 'start' }, { kind: 'stop' }],
    [{ kind: 'stop' }, { kind: 'start' }],
    [{ kind: 'reboot' }, undefined],
    [{ kind: 'terminate' }, undefined],
    [
      { kind: 'type', type: 'm6i.large' },
      { kind: 'type', type: 't3.micro', start: true },
    ],
    [
      { kind: 'protect', what: 'termination', on: true },
      { kind: 'protect', what: 'termination', on: false },
    ],
    [
      { kind: 'tags', set: { Role: 'api', New: 'x' }, remove: ['Name'] },
      { kind: 'tags', set: { Role: 'web', Name: 'web-1' }, remove: ['New'] },
    ],
  ]
  test.each(cases)('%o', (change, undo) => expect(plan(change, { ...more, machine }).undo).toEqual(undo))
})

test('starting what is paid for apart costs nothing more, so nothing is said of it', () => {
  expect(notes({ kind: 'start' }, stopped)).toEqual(['costs-begin'])
  expect(notes({ kind: 'start' }, { ...stopped, paidApart: true })).toEqual([])
})
