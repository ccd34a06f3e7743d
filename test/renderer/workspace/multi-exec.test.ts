import { describe, expect, it } from 'vitest'
import type { TerminalPhase } from '../../../contract/models/terminal.ts'
import { isPointerReport } from '../../../renderer/terminal/user-input.ts'
import { placesInGrid } from '../../../renderer/workspace/grid.ts'
import { takingPart } from '../../../renderer/workspace/multi-exec.ts'
import type { Tab } from '../../../renderer/workspace/tabs.ts'

const tab = (key: string, kind: 'open' | 'connecting'): Tab => {
  const target = { kind: 'host', host: key } as const
  return {
    key,
    terminalId: key,
    target,
    gone: false,
    terminal: { id: key, target, name: key, phase: { kind } as TerminalPhase, trace: [], shared: false },
  }
}

it('those terminals take part that are open and not left out', () => {
  const tabs = [tab('a', 'open'), tab('b', 'connecting'), tab('c', 'open'), tab('d', 'open')]
  const keys = (on: boolean, ...out: string[]) => takingPart({ on, leftOut: new Set(out) }, tabs).map(({ key }) => key)
  expect([keys(true), keys(true, 'c'), keys(false)]).toEqual([['a', 'c', 'd'], ['a', 'd'], []])
})

describe('a grid', () => {
  it.each([
    [0, []],
    [1, []],
    [2, ['b right of a']],
    [3, ['c bottom of a', 'b right of a']],
    [5, ['d bottom of a', 'b right of a', 'c right of b', 'e right of d']],
  ])('of %d', (count, places) => {
    const found = placesInGrid(['a', 'b', 'c', 'd', 'e'].slice(0, count))
    expect(found.map(({ panel, beside, position }) => `${panel} ${position} of ${beside}`)).toEqual(places)
  })
})

it('where the pointer is means nothing to another screen; keys do', () => {
  const reports = ['\x1b[<0;10;20M', '\x1b[<0;10;20m', '\x1b[32;10;20M', '\x1b[M !!']
  const keys = ['\x1b[A', '\x1bOP', '\x1b[15~', '\x1b[1;5C', '\x1b[3~', '\x1b', 'M', '\x1b[200~text\x1b[201~']
  expect([reports.map(isPointerReport), keys.map(isPointerReport)]).toEqual([reports.map(() => true), keys.map(() => false)])
})
