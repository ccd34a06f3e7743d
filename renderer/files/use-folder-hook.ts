import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { FolderHook } from '../../contract/models/folder-hook.ts'
import { api } from '../api/client.ts'

/** What teaches a terminal's shell to tell its folder. A query has no result that is undefined, so it stands in one. */
export function useFolderHook(terminalId: string, enabled: boolean) {
  const client = useQueryClient()
  const queryKey = ['folder-hook', terminalId]
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: async () => ({ hook: await api.folderHook.look({ terminalId }) }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return {
    looked: data !== undefined,
    hook: data?.hook,
    error,
    isFetching,
    look: () => void refetch(),
    know: (hook: FolderHook | undefined) => client.setQueryData(queryKey, { hook }),
  }
}
