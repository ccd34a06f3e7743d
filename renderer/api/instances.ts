import { create } from 'zustand'
import type { Instance, InstanceRef, RegionInventory } from '../../contract/models/instance.ts'
import { api } from './client.ts'
import { useLive } from './live.ts'

/** The rows of each region, under `regionKey`, fetched when the inventory says that they changed. */
interface Rows {
  readonly regions: ReadonlyMap<string, { readonly revision: number; readonly instances: readonly Instance[] }>
}
export const useRows = create<Rows>(() => ({ regions: new Map() }))

export const regionKey = (of: { profile: string; region: string }): string => `${of.profile}/${of.region}`
export const refKey = (ref: InstanceRef): string => `${ref.profile}/${ref.region}/${ref.instanceId}`

export function findInstance(rows: Rows, ref: InstanceRef | undefined): Instance | undefined {
  return ref && rows.regions.get(regionKey(ref))?.instances.find((instance) => instance.ref.instanceId === ref.instanceId)
}
export const useInstance = (ref: InstanceRef | undefined) => useRows((rows) => findInstance(rows, ref))

/** Follows the inventory as long as the page lives. */
export function followInstances(): void {
  const fetching = new Map<string, number>()

  async function fetchRows(region: RegionInventory) {
    const key = regionKey(region)
    fetching.set(key, region.revision)
    try {
      const rows = await api.inventory.region({ profile: region.profile, region: region.region })
      useRows.setState(({ regions }) => ({ regions: new Map(regions).set(key, rows) }))
    } catch {
      // A connection that broke tells all revisions again once it is back; then the rows are asked for again.
    } finally {
      fetching.delete(key)
      check()
    }
  }

  function check() {
    const { inventory, connection } = useLive.getState()
    if (connection !== 'up') return
    const { regions } = useRows.getState()
    for (const region of inventory.regions) {
      const key = regionKey(region)
      const held = regions.get(key)?.revision
      if (region.count === 0 && held === undefined) continue
      if (held !== region.revision && !fetching.has(key)) void fetchRows(region)
    }
  }

  useLive.subscribe((live, before) => {
    if (live.inventory === before.inventory && live.connection === before.connection) return
    if (live.connection === 'up' && before.connection === 'lost') forgetRevisions()
    dropGone(live.inventory.regions)
    check()
  })
}

/** A core that was restarted counts its revisions from the beginning. */
function forgetRevisions(): void {
  useRows.setState(({ regions }) => ({ regions: new Map([...regions].map(([key, rows]) => [key, { ...rows, revision: -1 }])) }))
}

function dropGone(present: readonly RegionInventory[]): void {
  const keys = new Set(present.map(regionKey))
  const { regions } = useRows.getState()
  if ([...regions.keys()].every((key) => keys.has(key))) return
  useRows.setState({ regions: new Map([...regions].filter(([key]) => keys.has(key))) })
}
