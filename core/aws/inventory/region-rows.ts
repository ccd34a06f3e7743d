import { isDeepStrictEqual } from 'node:util'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { Instance, InstanceState, RegionInventory } from '../../../contract/models/instance.ts'
import type { InstanceAlert } from '../../../contract/models/instance-health.ts'

/** What is known of one region of one profile. Never changed, only replaced. */
export interface RegionRows {
  readonly summary: RegionInventory
  readonly instances: readonly Instance[]
}

export function emptyRegion(profile: string, region: string): RegionRows {
  return { summary: { profile, region, phase: 'loading', stale: false, count: 0, revision: 0 }, instances: [] }
}

/** From an earlier run. */
export function remembered(profile: string, region: string, instances: readonly Instance[], asOf: string): RegionRows {
  const { summary } = emptyRegion(profile, region)
  return withRows({ summary: { ...summary, stale: true, asOf }, instances: [] }, instances)
}

export function loading({ summary, instances }: RegionRows): RegionRows {
  return { summary: { ...summary, phase: 'loading' }, instances }
}

/** AWS gave the whole list. */
export function listed(rows: RegionRows, instances: readonly Instance[], asOf: string): RegionRows {
  const { error: _, ...summary } = rows.summary
  return withRows({ ...rows, summary: { ...summary, phase: 'ready', stale: false, asOf } }, keepAlerts(rows, instances))
}

/** The first pages of a list that nothing was known of. */
export function partlyListed(rows: RegionRows, instances: readonly Instance[]): RegionRows {
  return withRows(rows, instances)
}

/** AWS spoke of `ids` only: what it did not name any more is gone. */
export function followed(rows: RegionRows, ids: readonly string[], instances: readonly Instance[]): RegionRows {
  const asked = new Set(ids)
  return withRows(rows, [...rows.instances.filter(({ ref }) => !asked.has(ref.instanceId)), ...keepAlerts(rows, instances)])
}

export function failed({ summary, instances }: RegionRows, error: UserErrorData): RegionRows {
  return { summary: { ...summary, phase: 'failed', stale: instances.length > 0, error }, instances }
}

/** AWS told of all that have an alert. */
export function alerted(rows: RegionRows, alerts: ReadonlyMap<string, InstanceAlert>): RegionRows {
  return withRows(
    rows,
    rows.instances.map(({ alert: _, ...instance }) => withAlert(instance, alerts.get(instance.ref.instanceId))),
  )
}

/** The whole profile failed, and says why in its own place. */
export function unreached({ summary: { error: _, ...summary }, instances }: RegionRows): RegionRows {
  return { summary: { ...summary, phase: 'failed', stale: instances.length > 0 }, instances }
}

/** What was known turned out to be somebody else's. */
export function emptied({ summary: { asOf: _, ...summary }, instances }: RegionRows): RegionRows {
  return withRows({ summary: { ...summary, stale: false }, instances }, [])
}

const CHANGING: ReadonlySet<InstanceState> = new Set<InstanceState>(['pending', 'stopping', 'shutting-down'])

export function changingIds({ instances }: RegionRows): string[] {
  return instances.filter(({ state }) => CHANGING.has(state)).map(({ ref }) => ref.instanceId)
}

/** They are told by another call, which comes after: until then, what it told last stands. */
function keepAlerts({ instances: before }: RegionRows, instances: readonly Instance[]): readonly Instance[] {
  const alerts = new Map(before.map(({ ref, alert }) => [ref.instanceId, alert]))
  return instances.map(({ alert: _, ...instance }) => withAlert(instance, alerts.get(instance.ref.instanceId)))
}

/** Only what runs is checked, and what AWS has planned is over once it was stopped. */
function withAlert(instance: Instance, alert: InstanceAlert | undefined): Instance {
  return alert && instance.state === 'running' ? { ...instance, alert } : instance
}

/** The revision grows only when something is different, because the page fetches all rows for it. */
function withRows({ summary, instances: before }: RegionRows, unsorted: readonly Instance[]): RegionRows {
  const instances = unsorted.toSorted((a, b) => (a.ref.instanceId < b.ref.instanceId ? -1 : 1))
  if (isDeepStrictEqual(before, instances)) return { summary, instances: before }
  return { summary: { ...summary, count: instances.length, revision: summary.revision + 1 }, instances }
}
