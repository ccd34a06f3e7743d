import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance, InventoryState, RegionInventory } from '../../contract/models/instance.ts'
import { refKey, regionKey } from '../api/instances.ts'

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
  readonly matches: (instance: Instance) => boolean
  /** Something is written in the filter: regions without a match are not shown, and nothing is collapsed. */
  readonly filtering: boolean
  readonly collapsed: ReadonlySet<string>
}

/** The list, top to bottom: by profile where there are several, then by region; empty regions do not take a line. */
export function listRows(input: ListInput): readonly ListRow[] {
  const { inventory, collapsed, filtering } = input
  const several = inventory.profiles.length > 1
  return inventory.profiles.flatMap((profile): ListRow[] => {
    const key = `profile/${profile.profile}`
    const regions = inventory.regions.filter((region) => region.profile === profile.profile)
    const inside: ListRow[] = []
    if (profile.error)
      inside.push({ kind: 'problem', key: `${key}/problem`, error: profile.error, profile: profile.profile, region: undefined })
    const parts = regions.map((region) => regionRows(region, several ? 2 : 1, input))
    inside.push(...parts.flatMap((part) => part.rows))
    const unknown = profile.phase === 'loading' && regions.length === 0
    if (unknown || (inside.length === 0 && regions.some((region) => region.phase === 'loading'))) {
      inside.push({ kind: 'loading', key: `${key}/loading` })
    }
    if (!several) return inside
    const closed = !filtering && collapsed.has(key)
    const count = parts.reduce((sum, part) => sum + part.count, 0)
    const head: ListRow = { kind: 'profile', key, profile: profile.profile, accountId: profile.accountId, count, collapsed: closed }
    return closed ? [head] : [head, ...inside]
  })
}

function regionRows(region: RegionInventory, level: number, input: ListInput): { rows: ListRow[]; count: number } {
  const key = regionKey(region)
  const all = input.instances.get(key) ?? []
  const shown = input.filtering ? all.filter(input.matches) : all
  const problem: ListRow[] = region.error
    ? [{ kind: 'problem', key: `${key}/problem`, error: region.error, profile: region.profile, region: region.region }]
    : []
  if (shown.length === 0 && (problem.length === 0 || input.filtering)) return { rows: [], count: 0 }

  const collapsed = !input.filtering && input.collapsed.has(key)
  const head: ListRow = { kind: 'region', key, region, count: shown.length, collapsed, level }
  if (collapsed) return { rows: [head], count: shown.length }
  const rows = shown.map(
    (instance): ListRow => ({ kind: 'instance', key: refKey(instance.ref), instance, stale: region.stale, level: level + 1 }),
  )
  return { rows: [head, ...problem, ...rows], count: shown.length }
}
