import { expect, test } from 'vitest'
import type { HostPhase, ManyHost } from '../../../contract/models/many.ts'
import { compareLines } from '../../../renderer/many/compare.ts'
import { failuresFirst, groupsOf } from '../../../renderer/many/order.ts'

const host = (name: string, phase: HostPhase, alike?: string): ManyHost => ({
  target: { kind: 'host', host: name },
  name,
  phase,
  bytes: 0,
  last: '',
  ...(alike && { alike }),
})
const good: HostPhase = { kind: 'done', code: 0 }

test('failures first, then what goes on, each in the order that it was chosen in', () => {
  const hosts = [
    host('good', good),
    host('running', { kind: 'running' }),
    host('bad', { kind: 'done', code: 2 }),
    host('killed', { kind: 'done' }),
    host('waiting', { kind: 'waiting' }),
    host('failed', { kind: 'failed', error: { code: 'CANCELLED', details: {} } }),
    host('good-2', good),
  ]
  expect(failuresFirst(hosts).map(({ host, index }) => `${host.name} ${index}`)).toEqual([
    'failed 5',
    'bad 2',
    'killed 3',
    'running 1',
    'waiting 4',
    'good 0',
    'good-2 6',
  ])
})

test('groups of those that are done, the largest first', () => {
  const hosts = [host('a', good, 'x'), host('b', good, 'y'), host('c', { kind: 'running' }), host('d', good, 'y')]
  expect(groupsOf(hosts).map(({ members }) => members.map(({ host }) => host.name))).toEqual([['b', 'd'], ['a']])
})

const written = (before: string, after: string) => compareLines(before, after).map(({ kind, text }) => `${kind} ${text}`)

test.each([
  ['a line changed', 'a\nb\nc\n', 'a\nB\nc\n', ['same a', 'gone b', 'new B', 'same c']],
  ['a line more at the end', 'a\nb', 'a\nb\nc', ['same a', 'same b', 'new c']],
  ['a line less at the end', 'a\nb\nc', 'a\nb', ['same a', 'same b', 'gone c']],
  ['a line more at the beginning', 'a\nb', 'x\na\nb', ['new x', 'same a', 'same b']],
  ['nothing before', '', 'a\n', ['new a']],
  ['nothing differs', 'a\n', 'a', ['same a']],
])('%s', (_, before, after, lines) => expect(written(before, after)).toEqual(lines))

test('what is equal far from any difference is left out', () => {
  const many = (changed: string) => [...Array(40).keys()].map((line) => (line === 20 ? changed : `line ${line}`)).join('\n')
  expect(written(many('old'), many('new'))).toEqual([
    'skip 18',
    'same line 18',
    'same line 19',
    'gone old',
    'new new',
    'same line 21',
    'same line 22',
    'skip 17',
  ])
})
