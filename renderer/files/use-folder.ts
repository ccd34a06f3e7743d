import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { UserErrorData } from '../../contract/errors.ts'
import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import { query, toUserError } from '../api/client.ts'
import { useSettings, useTransfers } from '../api/live.ts'
import { report } from '../app/attempt.tsx'
import { order, seen } from './order.ts'
import type { ViewStore } from './view.ts'

/** How long a folder that was left is shown at once when it is come back to. */
const REMEMBERED_MS = 60_000

export interface Folder {
  /** As last told; of the folder before as long as the one asked for is on its way. */
  readonly listing: FileListing | undefined
  /** What is to be seen of it, in order. */
  readonly entries: readonly FileEntry[]
  readonly error: UserErrorData | undefined
  readonly waiting: boolean
  refresh(): void
}

export function useFolder(terminalId: string, view: ViewStore): Folder {
  const path = useStore(view, (state) => state.path)
  const asRoot = useStore(view, (state) => state.asRoot)
  const filter = useStore(view, (state) => state.filter)
  const { filesHidden: hidden, filesSort: sort } = useSettings()
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(
    query.files.list.queryOptions({
      input: { terminalId, asRoot, ...(path !== undefined && { path }) },
      staleTime: 0,
      gcTime: REMEMBERED_MS,
      // A hundred thousand entries are not compared one by one.
      structuralSharing: false,
      placeholderData: keepPreviousData,
    }),
  )
  const arrived = useTransfers().filter(({ phase }) => phase.kind === 'done').length
  // What was moved may have come here, or gone.
  useEffect(() => {
    if (arrived > 0) void refetch()
  }, [arrived, refetch])
  // What cannot be had ends the wish for it.
  useEffect(() => {
    const refused = asRoot && error ? toUserError(error) : undefined
    if (refused?.code !== 'ROOT_UNAVAILABLE' && refused?.code !== 'CANCELLED') return
    view.setState({ asRoot: false })
    report(refused)
  }, [asRoot, error, view])
  const ordered = useMemo(() => data && order(data, sort), [data, sort])
  const entries = useMemo(() => (ordered ? seen(ordered, { filter, hidden }) : []), [ordered, filter, hidden])
  return {
    listing: data,
    entries,
    error: error ? toUserError(error) : undefined,
    waiting: isFetching && (isPlaceholderData || !data),
    refresh: () => void refetch(),
  }
}
