import type { ListRow } from './list-rows.ts'

const PAGE = 10

/** Where a key of the keyboard moves the active line; undefined for keys that do not move it. Only lines that do something count. */
export function moveTo(key: string, rows: readonly ListRow[], from: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return step(rows, from, 1, 1)
    case 'ArrowUp':
      return step(rows, from, -1, 1)
    case 'PageDown':
      return step(rows, from, 1, PAGE)
    case 'PageUp':
      return step(rows, from, -1, PAGE)
    case 'Home':
      return step(rows, -1, 1, 1)
    case 'End':
      return step(rows, rows.length, -1, 1)
    default:
      return undefined
  }
}

/** `count` lines on, or as far as there are any. */
function step(rows: readonly ListRow[], from: number, direction: 1 | -1, count: number): number | undefined {
  let reached: number | undefined
  let left = count
  for (let index = from + direction; left > 0 && index >= 0 && index < rows.length; index += direction) {
    const kind = rows[index]?.kind
    if (kind === 'problem' || kind === 'loading') continue
    reached = index
    left--
  }
  return reached
}
