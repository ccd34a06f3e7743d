import { useMemo, useState } from 'react'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { selectInstance } from '../app/actions.ts'

/** `only`: this one and no other. `toggle`: this one more or less. `range`: everything from the last one to this one. */
export type SelectHow = 'only' | 'toggle' | 'range'

export interface InstanceSelection {
  readonly keys: ReadonlySet<string>
  /** Those that are still listed, in the list's order. */
  readonly selected: readonly Instance[]
  /** The row that the keyboard is on. */
  readonly cursor: number | undefined
  select(index: number, how: SelectHow): void
  /** Selects the row that many further on, and says which it is. */
  move(by: number): number | undefined
  all(on: boolean): void
}

export function useInstanceSelection(instances: readonly Instance[]): InstanceSelection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string | undefined>()
  const selected = useMemo(() => (keys.size === 0 ? [] : instances.filter((instance) => keys.has(refKey(instance.ref)))), [instances, keys])
  const found = anchor === undefined ? -1 : instances.findIndex((instance) => refKey(instance.ref) === anchor)
  const cursor = found === -1 ? undefined : found

  function select(index: number, how: SelectHow) {
    const instance = instances[index]
    if (!instance) return
    setKeys(nextKeys(instances, keys, cursor, index, how))
    if (how !== 'range') setAnchor(refKey(instance.ref))
    selectInstance(instance.ref)
  }

  return {
    keys,
    selected,
    cursor,
    select,
    move(by) {
      const next = Math.min(instances.length - 1, Math.max(0, cursor === undefined ? 0 : cursor + by))
      if (instances.length === 0) return undefined
      select(next, 'only')
      return next
    },
    all: (on) => setKeys(new Set(on ? instances.map((instance) => refKey(instance.ref)) : [])),
  }
}

export function nextKeys(
  instances: readonly Instance[],
  before: ReadonlySet<string>,
  anchor: number | undefined,
  index: number,
  how: SelectHow,
): ReadonlySet<string> {
  const keysOf = (some: readonly Instance[]) => some.map((instance) => refKey(instance.ref))
  const from = how === 'range' && anchor !== undefined ? anchor : index
  const chosen = keysOf(instances.slice(Math.min(from, index), Math.max(from, index) + 1))
  if (how !== 'toggle') return new Set(chosen)
  const next = new Set(before)
  for (const key of chosen) if (!next.delete(key)) next.add(key)
  return next
}
