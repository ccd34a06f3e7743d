import { useDeferredValue, useMemo } from 'react'
import type { Instance } from '../../contract/models/instance.ts'
import { regionKey, useRows } from '../api/instances.ts'
import { useInventory, useSettings } from '../api/live.ts'
import { sortInstances } from './columns.ts'
import { useFilter } from './filter.ts'
import { matcher } from './haystack.ts'
import { type ListRow, listRows } from './list-rows.ts'

/** The side panel's list. Typing stays smooth: what is written is shown at once, what matches it as soon as it is found. */
export function useListRows(): readonly ListRow[] {
  const inventory = useInventory()
  const { sort, collapsed } = useSettings()
  const regions = useRows((rows) => rows.regions)
  const query = useDeferredValue(useFilter((filter) => filter.text.trim()))
  const instances = useMemo(
    () => new Map([...regions].map(([key, rows]): [string, readonly Instance[]] => [key, sortInstances(rows.instances, sort)])),
    [regions, sort],
  )
  return useMemo(
    () => listRows({ inventory, instances, matches: matcher(query), filtering: query !== '', collapsed: new Set(collapsed) }),
    [inventory, instances, query, collapsed],
  )
}

/** All instances of the selected profiles. */
export function useAllInstances(): readonly Instance[] {
  const inventory = useInventory()
  const regions = useRows((rows) => rows.regions)
  return useMemo(() => inventory.regions.flatMap((region) => regions.get(regionKey(region))?.instances ?? []), [inventory, regions])
}

/** The table's rows: filtered and sorted, whatever region they are in. */
export function useTableInstances(): readonly Instance[] {
  const all = useAllInstances()
  const { sort } = useSettings()
  const query = useDeferredValue(useFilter((filter) => filter.text.trim()))
  const sorted = useMemo(() => sortInstances(all, sort), [all, sort])
  return useMemo(() => sorted.filter(matcher(query)), [sorted, query])
}
