import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandLine } from '../../../core/changes/command-line.ts'
import { call, filledIn, valuesAt, wait } from '../../../core/changes/step.ts'

test('what a call saved stands in the place of its name, one or several', () => {
  const saved = { GROUP: ['sg-1'], DISKS: ['vol-1', 'vol-2'] }
  expect(filledIn({ A: '$GROUP', B: ['x', '$DISKS'], C: { D: '$GROUP' }, E: '$OTHER', F: 'a $GROUP' }, saved)).toEqual({
    A: 'sg-1',
    B: ['x', 'vol-1', 'vol-2'],
    C: { D: 'sg-1' },
    E: '$OTHER',
    F: 'a $GROUP',
  })
})

test('what is saved is found at its path, as the CLI’s --query finds it', () => {
  const answer = { ImageId: 'ami-1', Snapshots: [{ SnapshotId: 'snap-1' }, { SnapshotId: 'snap-2' }, {}] }
  expect(valuesAt(answer, 'ImageId')).toEqual(['ami-1'])
  expect(valuesAt(answer, 'Snapshots[].SnapshotId')).toEqual(['snap-1', 'snap-2'])
  expect(valuesAt(answer, 'Snapshots[0].SnapshotId')).toEqual(['snap-1'])
  expect(valuesAt(answer, 'Nothing[].Here')).toEqual([])
})

test('a shell hands on every word as it is, whatever a tag or a profile is called', () => {
  const step = call('CreateTags', { Resources: ['i-1'], Tags: [{ Key: "it's $(touch x)", Value: '`b` "c"' }] })
  const line = commandLine(step, { profile: 'a b', region: 'us-east-1' })
  const words = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`])
    .toString()
    .split('\0')
    .slice(0, -1)
  expect(words.slice(0, 9)).toEqual(['aws', 'ec2', 'create-tags', '--profile', 'a b', '--region', 'us-east-1', '--resources', 'i-1'])
  expect(JSON.parse(words.at(-1) ?? '')).toEqual([{ Key: "it's $(touch x)", Value: '`b` "c"' }])
})

test('a later line uses what an earlier one saved', () => {
  const place = { profile: 'p', region: 'r' }
  const saves = { name: 'IDS', path: 'StartingInstances[].InstanceId' }
  expect(commandLine(call('StartInstances', { InstanceIds: ['i-1'] }, saves), place)).toBe(
    "IDS=$(aws ec2 start-instances --profile p --region r --instance-ids i-1 --query 'StartingInstances[].InstanceId' --output text)",
  )
  expect(commandLine(wait('instance-running', '$IDS'), place)).toBe(
    'aws ec2 wait instance-running --profile p --region r --instance-ids $IDS',
  )
})
