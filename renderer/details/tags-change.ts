import { type AccountChange, tagKey } from '../../contract/models/change.ts'

export interface TagRow {
  readonly key: string
  readonly value: string
}

/** Why a row cannot be a tag. A row without a key and a value is none. */
export function tagProblem(rows: readonly TagRow[], index: number): 'reserved' | 'empty' | 'long' | 'twice' | undefined {
  const key = rows[index]?.key.trim() ?? ''
  if (key === '') return rows[index]?.value.trim() ? 'empty' : undefined
  if (/^aws:/i.test(key)) return 'reserved'
  if (!tagKey.safeParse(key).success || (rows[index]?.value.length ?? 0) > 256) return 'long'
  return rows.findIndex((row) => row.key.trim() === key) === index ? undefined : 'twice'
}

/** What has to be done to get from the tags to the rows; undefined: nothing. */
export function tagsChange(
  tags: Readonly<Record<string, string>>,
  rows: readonly TagRow[],
): Extract<AccountChange, { kind: 'tags' }> | undefined {
  const wanted: Record<string, string> = Object.fromEntries(rows.flatMap(({ key, value }) => (key.trim() ? [[key.trim(), value]] : [])))
  const set = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => tags[key] !== value))
  // AWS's own cannot be changed by anybody.
  const remove = Object.keys(tags).filter((key) => !(key in wanted) && !/^aws:/i.test(key))
  return Object.keys(set).length + remove.length > 0 ? { kind: 'tags', set, remove } : undefined
}
