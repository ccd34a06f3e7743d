import { expect, test } from 'vitest'
import { matcher } from '../../../renderer/instances/haystack.ts'
import { example } from './example.ts'

const instance = example({
  id: 'i-0abc',
  name: 'Web-1',
  publicAddress: '3.83.217.146',
  keyName: 'course',
  securityGroups: [{ id: 'sg-1', name: 'frontend' }],
  tags: { Environment: 'Production', team: 'payments' },
})

test.each(['web-1', 'WEB', '0abc', '3.83', 'course', 'frontend', 'environment=prod', 'payments', 'us-east-1a', 't3 web', 'running', ''])(
  'finds it by %o',
  (query) => expect(matcher(query)(instance)).toBe(true),
)

test.each(['web-2', 'web payrolls', 'i-0abd', 'prod3'])('does not find it by %o', (query) => expect(matcher(query)(instance)).toBe(false))

test('a word does not match across two fields', () => {
  expect(matcher('t3.microus-east')(instance)).toBe(false)
})
