import { useMemo } from 'react'
import type { Instance } from '../../contract/models/instance.ts'
import { regionKey, useRows } from '../api/instances.ts'
import { useInventory, useSettings } from '../api/live.ts'
import { sortInstances } from './columns.ts'
import { useFilter } from './filter.ts'
import { matching } from './haystack.ts'
import { type ListRow, listRows } from './list-rows.ts'

/** The side panel's list. Not deferred: finding takes less than drawing what was written twice. */
export function useListRows(): readonly ListRow[] {
  const inventory = useInventory()
  const { sort, collapsed } = useSettings()
  const regions = useRows((rows) => rows.regions)
  const query = useFilter((filter) => filter.text.trim())
  const instances = useMemo(
    () => new Map([...regions].map(([key, rows]): [string, readonly Instance[]] => [key, sortInstances(rows.instances, sort)])),
    [regions, sort],
  )
  return useMemo(() => listRows({ inventory, instances, query, collapsed: new Set(collapsed) }), [inventory, instances, query, collapsed])
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
  const query = useFilter((filter) => filter.text.trim())
  const sorted = useMemo(() => sortInstances(all, sort), [all, sort])
  return useMemo(() => matching(sorted, query), [sorted, query])
}
