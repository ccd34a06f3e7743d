import { expect, test } from 'vitest'
import { tagProblem, tagsChange } from '../../../renderer/details/tags-change.ts'

const tags = { Name: 'web', Role: 'api', 'aws:autoscaling:groupName': 'g' }

test.each([
  [
    'nothing',
    [
      { key: 'Name', value: 'web' },
      { key: 'Role', value: 'api' },
    ],
    undefined,
  ],
  [
    'a new value',
    [
      { key: 'Name', value: 'web' },
      { key: 'Role', value: 'db' },
    ],
    { kind: 'tags', set: { Role: 'db' }, remove: [] },
  ],
  ['one less, AWS’s own stays', [{ key: 'Name', value: 'web' }], { kind: 'tags', set: {}, remove: ['Role'] }],
  [
    'a new name for a key',
    [
      { key: 'Name', value: 'web' },
      { key: ' Task ', value: 'api' },
    ],
    { kind: 'tags', set: { Task: 'api' }, remove: ['Role'] },
  ],
  [
    'an empty row is none',
    [
      { key: 'Name', value: 'web' },
      { key: 'Role', value: 'api' },
      { key: '', value: '' },
    ],
    undefined,
  ],
])('%s', (_name, rows, change) => expect(tagsChange(tags, rows)).toEqual(change))

test.each([
  ['', '', undefined],
  ['', 'x', 'empty'],
  ['aws:x', '', 'reserved'],
  ['k'.repeat(129), '', 'long'],
  ['Name', '', 'twice'],
  ['ok', 'v'.repeat(256), undefined],
  ['ok', 'v'.repeat(257), 'long'],
])('the key %s', (key, value, problem) =>
  expect(
    tagProblem(
      [
        { key: 'Name', value: 'web' },
        { key, value },
      ],
      1,
    ),
  ).toBe(problem),
)
