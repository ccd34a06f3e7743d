import { expect, test } from 'vitest'
import { type ConflictRule, isFinished, settle } from '../../../core/transfers/conflicts.ts'
import { planLanes } from '../../../core/transfers/lanes.ts'

const conflict = (sourceAge: number, targetAge: number, sizes: [number, number] = [1, 2]) => ({
  name: 'x',
  source: { size: sizes[0], mtime: 1_000 - sourceAge },
  target: { size: sizes[1], mtime: 1_000 - targetAge },
})

test.each([
  ['overwrite', 5, 1, 'overwrite'],
  ['skip', 1, 5, 'skip'],
  ['rename', 1, 5, 'rename'],
  ['newer', 1, 5, 'overwrite'],
  ['newer', 5, 1, 'skip'],
  ['newer', 3, 3, 'skip'],
] satisfies [ConflictRule, number, number, string][])(
  '“%s”, the source %i s old and the target %i s: %s',
  (rule, source, target, settled) => {
    expect(settle(rule, conflict(source, target))).toBe(settled)
  },
)

test('a file of the same size and time was finished before, any other was not', () => {
  expect([isFinished(conflict(1, 1, [7, 7])), isFinished(conflict(1, 1, [7, 8])), isFinished(conflict(1, 2, [7, 7]))]).toEqual([
    true,
    false,
    false,
  ])
})

test.each([
  [0.3, 1, 4],
  [9, 1, 4],
  [20, 2, 8],
  [80, 4, 16],
  [2_000, 4, 16],
])('at a round trip of %d ms there are %i connections and %i MiB in flight', (roundTripMs, connections, mebibytes) => {
  const plan = planLanes(roundTripMs)
  expect([plan.connections, plan.inFlightBytes / 1024 / 1024]).toEqual([connections, mebibytes])
})
