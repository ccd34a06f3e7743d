import { describe, expect, it } from 'vitest'
import type { TerminalState } from '../../../contract/models/terminal.ts'
import { reconcile, type Tab, uniqueTitle } from '../../../renderer/workspace/tabs.ts'

const target = { kind: 'host', host: 'web' } as const
const terminal = (id: string, changes: Partial<TerminalState> = {}): TerminalState => ({
  id,
  target,
  name: 'web',
  phase: { kind: 'open' },
  trace: [],
  shared: false,
  ...changes,
})
const tab = (key: string, changes: Partial<Tab> = {}): Tab => ({
  key,
  terminalId: key,
  target,
  terminal: terminal(key),
  gone: false,
  ...changes,
})
const none = new Set<string>()

describe('tabs follow the core’s terminals', () => {
  it('gives a terminal that no tab shows a tab of its own, as after a reload of the page', () => {
    const told = terminal('a')
    expect(reconcile([], [told], none, false)).toEqual([{ key: 'a', terminalId: 'a', target, terminal: told, gone: false }])
  })

  it('leaves out those that this page has just ended', () => {
    expect(reconcile([], [terminal('a')], new Set(['a']), false)).toEqual([])
  })

  it('keeps a tab that was opened and of which the core has not told yet', () => {
    const opened = tab('a', { terminal: undefined })
    expect(reconcile([opened], [], none, false)).toEqual([opened])
  })

  it('takes over what the core tells', () => {
    const told = terminal('a', { phase: { kind: 'exited', exit: { code: 0 } } })
    expect(reconcile([tab('a')], [told], none, false)).toEqual([tab('a', { terminal: told })])
  })

  it('leaves a tab alone of which nothing has changed', () => {
    const one = tab('a')
    expect(reconcile([one], [one.terminal as TerminalState], none, false)[0]).toBe(one)
  })

  it('keeps the tab of a terminal that a restarted core has forgotten, and says so', () => {
    const error = { code: 'CONNECTION_LOST', details: { host: 'web', reason: 'core-restarted' } } as const
    expect(reconcile([tab('a')], [], none, true)).toEqual([
      tab('a', { gone: true, terminal: terminal('a', { phase: { kind: 'lost', error } }) }),
    ])
  })

  it('says of a terminal that was ended elsewhere that it is gone', () => {
    const error = { code: 'TERMINAL_GONE', details: { id: 'a' } } as const
    expect(reconcile([tab('a')], [], none, false)).toEqual([
      tab('a', { gone: true, terminal: terminal('a', { phase: { kind: 'lost', error } }) }),
    ])
  })

  it('follows another terminal in the same tab after a reconnect to a new core', () => {
    const told = terminal('b')
    expect(reconcile([tab('a', { terminalId: 'b', terminal: undefined })], [told], none, false)).toEqual([
      tab('a', { terminalId: 'b', terminal: told }),
    ])
  })
})

describe('titles', () => {
  it.each([
    ['web', [], 'web'],
    ['web', ['db'], 'web'],
    ['web', ['web'], 'web (2)'],
    ['web', ['web', 'web (2)'], 'web (3)'],
    ['web', ['web (2)'], 'web'],
  ])('%s beside %j is %s', (name, taken, title) => {
    expect(uniqueTitle(name, taken)).toBe(title)
  })
})
