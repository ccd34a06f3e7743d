import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance, InventoryState, RegionInventory } from '../../contract/models/instance.ts'
import { refKey, regionKey } from '../api/instances.ts'
import { matching } from './haystack.ts'

/** A line of the side panel's list. `key` names what is collapsed, focused or measured. */
export type ListRow =
  | {
      readonly kind: 'profile'
      readonly key: string
      readonly profile: string
      readonly accountId: string | undefined
      readonly count: number
      readonly collapsed: boolean
    }
  | {
      readonly kind: 'region'
      readonly key: string
      readonly region: RegionInventory
      readonly count: number
      readonly collapsed: boolean
      readonly level: number
    }
  | { readonly kind: 'instance'; readonly key: string; readonly instance: Instance; readonly stale: boolean; readonly level: number }
  | {
      readonly kind: 'problem'
      readonly key: string
      readonly error: UserErrorData
      readonly profile: string
      readonly region: string | undefined
    }
  | { readonly kind: 'loading'; readonly key: string }

export interface ListInput {
  readonly inventory: InventoryState
  /** Sorted rows by `regionKey`. */
  readonly instances: ReadonlyMap<string, readonly Instance[]>
  /** What is written in the filter; with anything there, regions without a match are not shown, and nothing is collapsed. */
  readonly query: string
  readonly collapsed: ReadonlySet<string>
}

/** The list, top to bottom: by profile where there are several, then by region; empty regions do not take a line. */
export function listRows(input: ListInput): readonly ListRow[] {
  const { inventory, collapsed, query } = input
  const several = inventory.profiles.length > 1
  return inventory.profiles.flatMap((profile): ListRow[] => {
    const key = `profile/${profile.profile}`
    const regions = inventory.regions.filter((region) => region.profile === profile.profile)
    const inside: ListRow[] = []
    if (profile.error)
      inside.push({ kind: 'problem', key: `${key}/problem`, error: profile.error, profile: profile.profile, region: undefined })
    let count = 0
    for (const region of regions) count += addRegion(inside, region, several ? 2 : 1, input)
    const unknown = profile.phase === 'loading' && regions.length === 0
    if (unknown || (inside.length === 0 && regions.some((region) => region.phase === 'loading'))) {
      inside.push({ kind: 'loading', key: `${key}/loading` })
    }
    if (!several) return inside
    const closed = query === '' && collapsed.has(key)
    const head: ListRow = { kind: 'profile', key, profile: profile.profile, accountId: profile.accountId, count, collapsed: closed }
    return closed ? [head] : [head, ...inside]
  })
}

/** Adds its lines, and returns how many instances are listed. */
function addRegion(lines: ListRow[], region: RegionInventory, level: number, { instances, query, collapsed: closed }: ListInput): number {
  const key = regionKey(region)
  const shown = matching(instances.get(key) ?? [], query)
  const problem = region.error
  if (shown.length === 0 && (!problem || query !== '')) return 0

  const collapsed = query === '' && closed.has(key)
  lines.push({ kind: 'region', key, region, count: shown.length, collapsed, level })
  if (collapsed) return shown.length
  if (problem) lines.push({ kind: 'problem', key: `${key}/problem`, error: problem, profile: region.profile, region: region.region })
  for (const instance of shown) lines.push(instanceRow(instance, region.stale, level + 1))
  return shown.length
}

type InstanceRow = Extract<ListRow, { kind: 'instance' }>
const made = new WeakMap<Instance, InstanceRow>()

/** The same one as before where nothing has changed: at each key in the filter there may be ten thousand of them. */
function instanceRow(instance: Instance, stale: boolean, level: number): InstanceRow {
  const before = made.get(instance)
  if (before?.stale === stale && before.level === level) return before
  const row: InstanceRow = { kind: 'instance', key: refKey(instance.ref), instance, stale, level }
  made.set(instance, row)
  return row
}
