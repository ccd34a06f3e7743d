import { useThrottledValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ManyOutput } from '../../contract/models/many.ts'
import { query } from '../api/client.ts'
import type { Numbered } from './order.ts'

/** Between two looks at what a host prints meanwhile. */
const EVERY_MS = 400

/** What it has printed, fetched while it is looked at and again when there is more. */
export function useOutput(runId: string, { host, index }: Numbered, looked: boolean): ManyOutput | undefined {
  const bytes = useThrottledValue(host.bytes, EVERY_MS)
  const options = query.many.output.queryOptions({ input: { id: runId, host: index } })
  const { data } = useQuery({
    ...options,
    queryKey: [...options.queryKey, bytes, host.phase.kind],
    enabled: looked && bytes > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5_000,
  })
  return data
}
