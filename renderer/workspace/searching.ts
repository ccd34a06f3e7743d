import { create } from 'zustand'

/** The tabs whose search bar is open. */
const useSearchBars = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }))

export const useSearching = (key: string) => useSearchBars(({ keys }) => keys.has(key))

export function setSearching(key: string, open: boolean): void {
  useSearchBars.setState(({ keys }) => {
    const next = new Set(keys)
    if (open) next.add(key)
    else next.delete(key)
    return { keys: next }
  })
}
