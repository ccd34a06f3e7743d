import { expect, test } from 'vitest'
import { matcher, matching } from '../../../renderer/instances/haystack.ts'
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

test('letter by letter and back, each query finds what it would find alone', () => {
  const several = ['web-1', 'web-2', 'db-1', 'worker'].map((name) => ({ ...instance, name }))
  const queries = ['w', 'we', 'web', 'web-', 'web-9', 'web-', 'we', 'web 2', 'web', 'db', 'd', '']
  const typed = queries.map((query) => matching(several, query))
  expect(typed).toEqual(queries.map((query) => several.filter(matcher(query))))
})
