import { create } from 'zustand'

/** What is written in the filter: the side panel's list and the table show the same. */
export const useFilter = create<{ readonly text: string }>(() => ({ text: '' }))
export const setFilter = (text: string) => useFilter.setState({ text })
