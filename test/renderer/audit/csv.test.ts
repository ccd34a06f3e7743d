import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { Fault } from '../../../contract/models/audit.ts'
import { faultsAsCsv } from '../../../renderer/audit/csv.ts'
import { speak, startWords } from '../../../renderer/words/words.ts'

test('a spreadsheet reads every fault, and no name as a formula', async () => {
  await startWords()
  await speak('en')
  const fault: Fault = {
    id: 'imds-v1 i-1',
    kind: 'imds-v1',
    weight: 'medium',
    profile: 'work',
    region: 'eu-west-1',
    target: 'i-1',
    name: '=HYPERLINK("http://example.com")',
    params: {},
    users: ['a, b', 'c'],
    remedy: { kind: 'advice', code: 'encrypted-copy' },
  }
  const words = { sentence: () => 'a "sentence"', remedy: () => '' }
  expect(faultsAsCsv([fault], words, i18next.getFixedT(null, 'audit'))).toBe(
    [
      '\uFEFF"Weight","Profile","Region","Finding","ID","Name","Used by","Remedy"',
      `"To mend","work","eu-west-1","a ""sentence""","i-1","'=HYPERLINK(""http://example.com"")","a, b, c","Take a snapshot, copy it encrypted, and put a volume made of the copy in its place."`,
      '',
    ].join('\r\n'),
  )
})
