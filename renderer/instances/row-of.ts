import type { SyntheticEvent } from 'react'

/** The index of the virtual row that an event happened in: one listener for the list instead of several for each row. */
export function rowOf({ target }: SyntheticEvent): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : undefined
  return row?.dataset.index === undefined ? undefined : Number(row.dataset.index)
}
