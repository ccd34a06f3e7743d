import { expect, test } from 'vitest'
import type { TerminalState } from '../../../contract/models/terminal.ts'
import { pagelessWindows } from '../../../renderer/app-windows/pageless.ts'

const terminal = (id: string, window?: string): TerminalState => ({
  ...{ id, name: id, trace: [], shared: false },
  target: { kind: 'local' },
  phase: { kind: 'open' },
  ...(window ? { window } : {}),
})
const terminals = [terminal('a'), terminal('b', 'w-1'), terminal('c', 'w-1'), terminal('d', 'w-2')]

test.each([
  ['nothing is known before the core has told it', undefined, []],
  ['all of them, after a start', ['main'], ['w-1', 'w-2']],
  ['one that was closed, once for all its tabs', ['main', 'w-2'], ['w-1']],
  ['none while each has a page', ['w-2', 'main', 'w-1'], []],
])('windows that have tabs and no page: %s', (_, appWindows, expected) => {
  expect(pagelessWindows({ terminals, appWindows })).toEqual(expected)
})
