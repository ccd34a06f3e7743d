import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { ActivityEntry } from '../../../contract/models/activity.ts'
import { activityAsCsv, activityAsJson } from '../../../renderer/activity/export.ts'
import { speak, startWords } from '../../../renderer/words/words.ts'

const entry: ActivityEntry = {
  at: '2026-01-02T03:04:05.000Z',
  profile: 'work',
  region: 'eu-west-1',
  action: 'ec2:CreateTags',
  target: 'i-1',
  command: 'aws ec2 create-tags --tags \'[{"Key":"Name"}]\'',
  cause: 'person',
  outcome: 'failed',
  error: 'AWS_THROTTLED',
}

test('a spreadsheet reads each entry in a line of its own', async () => {
  await startWords()
  await speak('en')
  expect(activityAsCsv([entry], i18next.getFixedT(null, 'network')).split('\r\n')).toEqual([
    '\uFEFF"Time (UTC)","Profile","Region","Action","Target","Cause","Outcome","Error","Command"',
    '"2026-01-02T03:04:05.000Z","work","eu-west-1","ec2:CreateTags","i-1","person","failed","AWS_THROTTLED","aws ec2 create-tags --tags \'[{""Key"":""Name""}]\'"',
    '',
  ])
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is text to a spreadsheet, not a formula', (target) => {
  const csv = activityAsCsv([{ ...entry, target }], i18next.getFixedT(null, 'network'))
  expect(csv).toContain(`"'${target}"`)
})

test('as JSON it is what was kept', () => {
  expect(JSON.parse(activityAsJson([entry, { ...entry, outcome: 'done' }]))).toEqual([entry, { ...entry, outcome: 'done' }])
})
