/** `only`: this one and no other. `toggle`: this one more or less. `range`: everything from the cursor to this one. */
export type SelectHow = 'only' | 'toggle' | 'range'

/** The names that are selected after a click or a key on the one at `index`. */
export function selectedAfter(
  names: readonly string[],
  before: ReadonlySet<string>,
  cursor: number | undefined,
  index: number,
  how: SelectHow,
): ReadonlySet<string> {
  const name = names[index]
  if (name === undefined) return before
  if (how === 'range') {
    const from = cursor ?? index
    return new Set(names.slice(Math.min(from, index), Math.max(from, index) + 1))
  }
  if (how === 'only') return new Set([name])
  const next = new Set(before)
  if (!next.delete(name)) next.add(name)
  return next
}

const PAGE = 15

/** Where a key of the keyboard moves the cursor; undefined for keys that do not move it. */
export function movedTo(key: string, count: number, from: number | undefined): number | undefined {
  if (count === 0) return undefined
  const at = from ?? -1
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: from === undefined ? count - 1 : at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target))
}
