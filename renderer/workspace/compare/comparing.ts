import { create } from 'zustand'

interface Comparing {
  readonly on: boolean
  /** Tabs, by their keys, whose output is another one than most have. */
  readonly differing: ReadonlySet<string>
}

/** Whether what the terminals that are typed into together answer is compared. */
export const useComparing = create<Comparing>(() => ({ on: false, differing: new Set() }))

export const setComparing = (on: boolean) => useComparing.setState({ on, differing: new Set() })
export const useDiffers = (key: string) => useComparing(({ differing }) => differing.has(key))
