import { expect, test } from 'vitest'
import type { Prompt } from '../../../contract/models/prompt.ts'
import type { TerminalState } from '../../../contract/models/terminal.ts'
import { isAskedHere } from '../../../renderer/app-windows/asked-here.ts'

const terminal = (id: string, window?: string): TerminalState => ({
  ...{ id, name: id, trace: [], shared: false },
  target: { kind: 'local' },
  phase: { kind: 'open' },
  ...(window ? { window } : {}),
})
const terminals = [terminal('in-main'), terminal('in-own', 'w-1')]
const question = { kind: 'fix-key-mode', label: 'a', mode: '0644' } as const
const prompt = (terminalId?: string): Prompt => ({ id: 'p', question, ...(terminalId ? { terminalId } : {}) })

test.each([
  ['of a terminal, where its tab is', 'in-own', ['main', 'w-1'], ['w-1']],
  ['of a terminal of the main window, there', 'in-main', ['main', 'w-1'], ['main']],
  ['of no terminal, in the main window', undefined, ['main', 'w-1'], ['main']],
  ['of a window that was closed, in the main one', 'in-own', ['main', 'w-2'], ['main']],
  ['in each while nobody is in the main one', 'in-main', ['w-1', 'w-2'], ['main', 'w-1', 'w-2']],
])('a question is asked %s', (_, terminalId, appWindows, expected) => {
  const asked = ['main', 'w-1', 'w-2'].filter((here) => isAskedHere(prompt(terminalId), { terminals, appWindows }, here))
  expect(asked).toEqual(expected)
})
