import { expect, test } from 'vitest'
import { addStep, endTrace } from '../../../core/terminals/trace.ts'

const startedAt = Date.now()

test('the end of a step takes the place of its beginning and keeps what was said then', () => {
  let trace = addStep([], { step: 'tcp', outcome: 'doing', params: { address: '203.0.113.5' } }, startedAt)
  trace = addStep(trace, { step: 'tcp', outcome: 'ok', params: { port: '22' } }, startedAt)
  expect(trace).toEqual([{ at: expect.any(Number), step: 'tcp', outcome: 'ok', params: { address: '203.0.113.5', port: '22' } }])
})

test('a second try of the same step is a step of its own', () => {
  let trace = addStep([], { step: 'user', outcome: 'failed', params: { user: 'root' } }, startedAt)
  trace = addStep(trace, { step: 'user', outcome: 'doing', params: { user: 'ubuntu' } }, startedAt)
  expect(endTrace(trace).map(({ params, outcome }) => [params.user, outcome])).toEqual([
    ['root', 'failed'],
    ['ubuntu', 'failed'],
  ])
})

test('a server that makes us try for ever does not fill the memory', () => {
  let trace: ReturnType<typeof addStep> = []
  for (let i = 0; i < 1000; i++) trace = addStep(trace, { step: 'server-says', outcome: 'ok', params: { text: `${i}` } }, startedAt)
  expect(trace).toHaveLength(200)
})
