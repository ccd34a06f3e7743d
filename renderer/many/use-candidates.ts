import { useMemo } from 'react'
import { useBookmarks, useTerminals } from '../api/live.ts'
import { useAllInstances } from '../instances/use-instances.ts'
import { type Candidate, candidates } from './candidates.ts'

export function useCandidates(): readonly Candidate[] {
  const instances = useAllInstances()
  const { bookmarks } = useBookmarks()
  const terminals = useTerminals()
  return useMemo(() => candidates(terminals, instances, bookmarks), [terminals, instances, bookmarks])
}
