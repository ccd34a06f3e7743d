import { expect, test } from 'vitest'
import type { RouteHop } from '../../../contract/models/reach.ts'
import type { TraceStep } from '../../../contract/models/terminal.ts'
import { hopStates } from '../../../renderer/route/hop-states.ts'

const hop = (name: string): RouteHop => ({ kind: 'jump', name, detail: name, reason: 'ssh-config' })
const route = [hop('a'), hop('b')]
const step = (hopName: string | undefined, name: TraceStep['step'], outcome: TraceStep['outcome'] = 'ok'): TraceStep => ({
  at: 0,
  step: name,
  outcome,
  params: {},
  ...(hopName ? { hop: hopName } : {}),
})

test.each([
  [
    'only looked up',
    [step('a', 'looking-up'), step('b', 'address'), step(undefined, 'address')],
    'connecting',
    ['waiting', 'waiting', 'waiting'],
  ],
  ['at the first', [step('a', 'tcp', 'doing')], 'connecting', ['doing', 'waiting', 'waiting']],
  ['at the second', [step('a', 'user'), step('b', 'tcp')], 'connecting', ['done', 'doing', 'waiting']],
  ['over one that was open', [step('a', 'through'), step('b', 'through'), step(undefined, 'tcp')], 'connecting', ['done', 'done', 'doing']],
  ['there', [step('a', 'user'), step('b', 'user'), step(undefined, 'user')], 'open', ['done', 'done', 'done']],
  ['stopped at the first', [step('a', 'tcp', 'failed')], 'failed', ['failed', 'waiting', 'waiting']],
  ['refused by the host', [step('a', 'user'), step('b', 'user'), step(undefined, 'tcp', 'failed')], 'failed', ['done', 'done', 'failed']],
] as const)('%s', (_name, trace, phase, states) => {
  expect(hopStates(route, trace, phase)).toEqual(states)
})
