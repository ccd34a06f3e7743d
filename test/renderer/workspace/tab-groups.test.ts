import { expect, test } from 'vitest'
import type { TerminalTarget } from '../../../contract/models/terminal.ts'
import { groupTabs } from '../../../renderer/workspace/tab-groups.ts'

const none = { bookmarks: [], folders: [] }
const of = (profile: string): TerminalTarget => ({ kind: 'instance', ref: { profile, region: 'us-east-1', instanceId: 'i-1' } })
const host: TerminalTarget = { kind: 'host', host: 'web.lan' }
const tabs = (...targets: readonly TerminalTarget[]) => targets.map((target, index) => ({ key: String(index), target }))
const many = (target: TerminalTarget, count: number) => Array.from({ length: count }, () => target)

test('a few tabs stay as they are, many are grouped by account', () => {
  expect(groupTabs(tabs(...many(of('work'), 4), ...many(of('home'), 4)), none, 'here')).toEqual([])
  expect(groupTabs(tabs(...many(of('work'), 5), ...many(of('home'), 3), { kind: 'local' }, host), none, 'here')).toEqual([
    { name: 'work', keys: ['0', '1', '2', '3', '4'] },
    { name: 'home', keys: ['5', '6', '7'] },
  ])
})

test("a bookmark's folder counts more than the account, and terminals of this computer are together", () => {
  const folders = [{ id: 'f', name: 'Shop' }]
  const bookmarks = [{ id: 'b', name: 'web', folderId: 'f', colour: 'none' as const, notes: '', target: host }]
  expect(groupTabs(tabs(...many(host, 2), ...many(of('work'), 5), ...many({ kind: 'local' }, 2)), { bookmarks, folders }, 'here')).toEqual([
    { name: 'Shop', keys: ['0', '1'] },
    { name: 'work', keys: ['2', '3', '4', '5', '6'] },
    { name: 'here', keys: ['7', '8'] },
  ])
})

test('one group of everything is none', () => {
  expect(groupTabs(tabs(...many(of('work'), 12)), none, 'here')).toEqual([])
})
