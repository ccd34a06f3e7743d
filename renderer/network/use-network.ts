import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { query } from '../api/client.ts'
import { useChanges, useKeyAtRevision } from '../api/live.ts'

/** What an instance's groups let in and out, asked again after each change of ours. */
export function useNetwork(ref: InstanceRef) {
  const options = query.network.instance.queryOptions({ input: { ref } })
  const done = useChanges().filter(({ over }) => over).length
  const queryKey = [...useKeyAtRevision(options.queryKey), done] as unknown as typeof options.queryKey
  return useQuery({ ...options, queryKey, placeholderData: keepPreviousData })
}
