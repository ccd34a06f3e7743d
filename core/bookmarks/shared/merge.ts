import { isDeepStrictEqual } from 'node:util'
import { type Fields, type SharedRecord, sameContent, sameFields } from './record.ts'

/** What is known of one record on both sides. */
export interface Sides {
  /** As it was when both sides were last alike. */
  readonly seen: Fields | undefined
  readonly here: SharedRecord | undefined
  readonly there: SharedRecord | undefined
  /** The person deleted it here. */
  readonly removedHere: boolean
}

export interface Difference {
  readonly field: string
  readonly here: unknown
  readonly there: unknown
}

export type Decision =
  | { readonly kind: 'alike' }
  /** Both sides get this; one of them, or neither, has it already. */
  | { readonly kind: 'merge'; readonly record: SharedRecord }
  | { readonly kind: 'write' | 'add'; readonly record: SharedRecord }
  | { readonly kind: 'conflict'; readonly fields: readonly Difference[] }
  | { readonly kind: 'gone' }
  /** From the folder: the person deleted it, and nobody has changed it since. */
  | { readonly kind: 'delete' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'nothing' }

/** What should happen to a record. Nothing that only one side knows is ever lost. Pure. */
export function decide({ seen, here, there, removedHere }: Sides): Decision {
  if (here && there) return mergeRecords(seen, here, there)
  if (here) return seen ? { kind: 'gone' } : { kind: 'write', record: here }
  if (!there) return { kind: 'nothing' }
  if (!removedHere) return { kind: 'add', record: there }
  return seen && sameContent(seen, there.fields) ? { kind: 'delete' } : { kind: 'removed' }
}

/** Field by field: what only one side changed is taken from it; what both changed, each in another way, is for the person to say. */
function mergeRecords(seen: Fields | undefined, here: SharedRecord, there: SharedRecord): Decision {
  if (sameFields(here.fields, there.fields)) return { kind: 'alike' }
  const names = [...new Set([...Object.keys(here.fields), ...Object.keys(there.fields)])].sort()
  const fields: Record<string, unknown> = {}
  const conflicts: Difference[] = []
  for (const field of names) {
    const [mine, theirs] = [here.fields[field], there.fields[field]]
    const mineStayed = seen !== undefined && isDeepStrictEqual(mine, seen[field])
    const theirsStayed = seen !== undefined && isDeepStrictEqual(theirs, seen[field])
    // Nobody is asked about a place: who came to the folder first has it.
    const theirsFirst = field === 'order' && !theirsStayed && theirs !== undefined
    if (field !== 'order' && !isDeepStrictEqual(mine, theirs) && !mineStayed && !theirsStayed)
      conflicts.push({ field, here: mine, there: theirs })
    const value = mineStayed || theirsFirst ? theirs : mine
    if (value !== undefined) fields[field] = value
  }
  if (conflicts.length > 0) return { kind: 'conflict', fields: conflicts }
  return { kind: 'merge', record: { ...here, fields } }
}

/** The answer to a conflict is another past: that the side which loses a field had not changed it. */
export function answered(
  seen: Fields | undefined,
  { fields }: Extract<Decision, { kind: 'conflict' }>,
  take: Readonly<Record<string, 'here' | 'there'>>,
): Fields {
  const past = fields.map(({ field, here, there }) => [field, take[field] === 'here' ? there : here])
  const known = { ...seen, ...Object.fromEntries(past) }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}
