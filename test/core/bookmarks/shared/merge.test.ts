import { describe, expect, test } from 'vitest'
import { answered, decide } from '../../../../core/bookmarks/shared/merge.ts'
import type { Fields, SharedRecord } from '../../../../core/bookmarks/shared/record.ts'

const record = (fields: Fields): SharedRecord => ({ kind: 'bookmark', id: 'a', fields })
const sides = (seen: Fields | undefined, here: Fields | undefined, there: Fields | undefined, removedHere = false) =>
  decide({ seen, here: here && record(here), there: there && record(there), removedHere })

describe('what becomes of a record', () => {
  const a = { name: 'a', notes: '' }
  test.each([
    ['alike on both sides', sides(a, a, a), { kind: 'alike' }],
    ['new here', sides(undefined, a, undefined), { kind: 'write', record: record(a) }],
    ['new there', sides(undefined, undefined, a), { kind: 'add', record: record(a) }],
    ['vanished there', sides(a, a, undefined), { kind: 'gone' }],
    ['deleted here', sides(a, undefined, a, true), { kind: 'delete' }],
    ['deleted here and changed there', sides(a, undefined, { ...a, notes: 'new' }, true), { kind: 'removed' }],
    ['absent here without anybody having deleted it', sides(a, undefined, a), { kind: 'add', record: record(a) }],
    ['nowhere any more', sides(a, undefined, undefined, true), { kind: 'nothing' }],
  ])('%s', (_, decision, expected) => expect(decision).toEqual(expected))

  test('changed on both sides in different fields, it has both changes, a field that was taken away included', () => {
    const seen = { name: 'a', notes: 'old', 'choices.user': 'root' }
    expect(sides(seen, { name: 'b', notes: 'old', 'choices.user': 'root' }, { name: 'a', notes: 'new' })).toEqual({
      kind: 'merge',
      record: record({ name: 'b', notes: 'new' }),
    })
  })

  test('changed on both sides in one field, it is a conflict, and nothing of either side is taken yet', () => {
    const decision = sides(a, { name: 'b', notes: 'mine' }, { name: 'c', notes: '' })
    expect(decision).toEqual({ kind: 'conflict', fields: [{ field: 'name', here: 'b', there: 'c' }] })
    if (decision.kind !== 'conflict') return
    expect(sides(answered(a, decision, { name: 'here' }), { name: 'b', notes: 'mine' }, { name: 'c', notes: '' })).toEqual({
      kind: 'merge',
      record: record({ name: 'b', notes: 'mine' }),
    })
    expect(sides(answered(a, decision, { name: 'there' }), { name: 'b', notes: 'mine' }, { name: 'c', notes: '' })).toEqual({
      kind: 'merge',
      record: record({ name: 'c', notes: 'mine' }),
    })
    // Whoever changes it once more meanwhile is asked about again.
    expect(sides(answered(a, decision, { name: 'here' }), { name: 'b', notes: 'mine' }, { name: 'd', notes: '' }).kind).toBe('conflict')
  })

  test('moved on both sides, it stands where the folder has it, and nobody is asked', () => {
    const moved = (order: string | undefined) => ({ ...a, ...(order && { order }) })
    expect(sides(moved('B'), moved('C'), moved('D'))).toEqual({ kind: 'merge', record: record(moved('D')) })
    expect(sides(undefined, moved('C'), moved('D'))).toEqual({ kind: 'merge', record: record(moved('D')) })
    expect(sides(moved('B'), moved('C'), moved('B'))).toEqual({ kind: 'merge', record: record(moved('C')) })
    expect(sides(moved('B'), moved('C'), moved(undefined))).toEqual({ kind: 'merge', record: record(moved('C')) })
    expect(sides(moved('B'), undefined, moved('C'), true)).toEqual({ kind: 'delete' })
  })

  test('met for the first time on both sides, every difference is asked about', () => {
    const decision = sides(undefined, { name: 'a', notes: 'x' }, { name: 'a', notes: '', colour: 'red' })
    expect(decision).toEqual({
      kind: 'conflict',
      fields: [
        { field: 'colour', here: undefined, there: 'red' },
        { field: 'notes', here: 'x', there: '' },
      ],
    })
  })
})
