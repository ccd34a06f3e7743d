import type { UserErrorData } from '../../../contract/errors.ts'
import type { Instance, InstanceRef, InventoryState } from '../../../contract/models/instance.ts'
import type { Log } from '../../log.ts'
import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { toUserError } from '../failures.ts'
import type { OpenProfile, Profiles } from '../profiles/profiles.ts'
import { describeAlerts } from './describe-alerts.ts'
import { describeInstances } from './describe-instances.ts'
import { createFollowChanges } from './follow-changes.ts'
import type { ProfileCache } from './inventory-cache.ts'
import {
  alerted,
  changingIds,
  emptied,
  emptyRegion,
  failed,
  followed,
  listed,
  loading,
  partlyListed,
  type RegionRows,
  remembered,
  unreached,
} from './region-rows.ts'
import { listRegions } from './regions.ts'

export interface Polling {
  /** While an instance changes its state. */
  readonly quickMs: number
  /** While nothing does. */
  readonly slowMs: number
}

export interface ProfileInventoryOptions {
  readonly name: string
  readonly profiles: Profiles
  readonly clients: Clients
  /** Absent for the practice cloud, whose machines do not outlive it. */
  readonly cache: ProfileCache | undefined
  readonly polling: Polling
  readonly log: Log
  /** The regions that the person wants; undefined: all that are enabled. */
  wantedRegions(): readonly string[] | undefined
  onChange(): void
}

/** One profile's instances, kept up to date from `start` to `close`. None of its functions throws: its state tells. */
export interface ProfileInventory {
  readonly summary: InventoryState['profiles'][number]
  readonly regions: ReadonlyMap<string, RegionRows>
  start(): Promise<void>
  /** Of one region, or of all. */
  refresh(region?: string): Promise<void>
  /** A change was ordered: AWS said that this is its state now. */
  ordered(instance: Instance): void
  /** As `ordered`, where AWS said nothing about the state: it is asked at once. */
  follow(ref: InstanceRef): void
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>
}

/** More would not fit into one filter of DescribeInstances. */
const MOST_FOLLOWED = 200

type Scope = { readonly profile: OpenProfile; readonly certain: boolean; readonly shown: boolean }

export function createProfileInventory(options: ProfileInventoryOptions): ProfileInventory {
  const { name, profiles, clients, cache, polling, log, onChange } = options
  const regions = new Map<string, RegionRows>()
  const underWay = new Map<string, Promise<void>>()
  let phase: InventoryState['profiles'][number]['phase'] = 'loading'
  let error: UserErrorData | undefined
  let accountId: string | undefined
  let closed = false
  let slow: NodeJS.Timeout | undefined
  const changes = createFollowChanges({
    everyMs: polling.quickMs,
    changing: () => [...regions].map(([region, rows]) => [region, changingIds(rows)] as const),
    ask: follow,
  })

  function change(region: string, to: (rows: RegionRows) => RegionRows) {
    if (closed) return
    regions.set(region, to(regions.get(region) ?? emptyRegion(name, region)))
    onChange()
  }

  /** `shown`: a person waits for it. Polling, which nobody asked for, makes no stir. */
  async function refreshAll(shown: boolean) {
    if (shown) {
      phase = 'loading'
      onChange()
    }
    try {
      const profile = profiles.open(name)
      void identify(profile)
      const { regions: found, certain } = await listRegions(clients, profile, options.wantedRegions())
      if (closed) return
      phase = 'ready'
      error = undefined
      for (const region of regions.keys()) if (!found.includes(region)) forget(region)
      onChange()
      await Promise.all(found.map((region) => refreshRegion(region, { profile, certain, shown })))
    } catch (cause) {
      fail(cause)
    }
  }
  /** Who this is matters to the grouping only: no list waits or fails for it. */
  async function identify(profile: OpenProfile) {
    try {
      const identity = await clients.identify(profile)
      // The rows on disk may be another account's, from before the profile was pointed at this one.
      if (accountId && accountId !== identity.accountId) {
        for (const [region, rows] of regions) if (rows.summary.stale) change(region, emptied)
      }
      accountId = identity.accountId
      profiles.identified(name, identity)
      if (!closed) onChange()
    } catch (cause) {
      warn('account not identified', asUserError(cause, 'sts:GetCallerIdentity'))
    }
  }
  /** A second one, while the first is under way, joins it. */
  function refreshRegion(region: string, scope: Scope): Promise<void> {
    if (scope.shown || !regions.has(region)) change(region, loading)
    const started = underWay.get(region) ?? listRegion(region, scope).finally(() => underWay.delete(region))
    underWay.set(region, started)
    return started
  }
  async function listRegion(region: string, { profile, certain }: Scope) {
    const instances: Instance[] = []
    try {
      for await (const page of describeInstances(clients, { profile, region }, { credentialsWork: certain })) {
        instances.push(...page)
        if (!regions.get(region)?.summary.asOf) change(region, (rows) => partlyListed(rows, instances))
      }
      change(region, (rows) => listed(rows, instances, new Date().toISOString()))
      remember(region)
    } catch (cause) {
      const problem = asUserError(cause, 'ec2:DescribeInstances')
      if (problem.code === 'CANCELLED') return
      warn('region not listed', problem, region)
      change(region, (rows) => failed(rows, problem.data))
    }
    changes.look()
    await lookForAlerts(region, profile)
  }
  /** One more call, and only where something runs; the list neither waits nor fails for it. */
  async function lookForAlerts(region: string, profile: OpenProfile) {
    const rows = regions.get(region)
    if (closed || rows?.summary.phase !== 'ready' || !rows.instances.some(({ state }) => state === 'running')) return
    try {
      const alerts = await describeAlerts(clients, { profile, region })
      change(region, (latest) => alerted(latest, alerts))
      remember(region)
    } catch (cause) {
      warn('alerts not looked for', asUserError(cause, 'ec2:DescribeInstanceStatus'), region)
    }
  }
  async function follow(region: string, ids: readonly string[]) {
    try {
      const profile = profiles.open(name)
      if (ids.length > MOST_FOLLOWED) return await refreshRegion(region, { profile, certain: false, shown: false })
      const instances: Instance[] = []
      for await (const page of describeInstances(clients, { profile, region }, { ids })) instances.push(...page)
      change(region, (rows) => followed(rows, ids, instances))
      remember(region)
    } catch (cause) {
      // What lasts is shown by the next refresh of the whole region.
      warn('change not followed', asUserError(cause, 'ec2:DescribeInstances'), region)
    }
  }

  function fail(cause: unknown) {
    const problem = asUserError(cause, 'ec2:DescribeRegions')
    if (closed || problem.code === 'CANCELLED') return
    warn('profile not listed', problem)
    phase = 'failed'
    error = problem.data
    for (const region of regions.keys()) change(region, unreached)
    onChange()
    void profiles.lookAtLogins()
  }
  function asUserError(cause: unknown, action: string): UserError {
    if (!(cause instanceof UserError)) log.error({ err: cause }, 'defect while listing')
    return toUserError(cause, { profile: name, action })
  }
  function warn(what: string, { code }: UserError, region?: string) {
    if (code !== 'CANCELLED') log.warn({ profile: name, region, code }, what)
  }
  function forget(region: string) {
    regions.delete(region)
    cache?.forget(region)
  }
  function remember(region: string) {
    const rows = regions.get(region)
    if (rows) cache?.write(rows, accountId)
  }
  function pollAgain() {
    clearTimeout(slow)
    if (closed) return
    slow = setTimeout(async () => {
      // The person may have logged in, or corrected a file, outside of the app.
      if (phase === 'failed') await profiles.reload()
      if (closed) return
      pollAgain()
      await refreshAll(false)
    }, polling.slowMs).unref()
  }

  return {
    get summary() {
      return { profile: name, phase, ...(accountId ? { accountId } : {}), ...(error ? { error } : {}) }
    },
    regions,
    async start() {
      for (const { region, instances, asOf, ...cached } of (await cache?.read()) ?? []) {
        accountId ??= cached.accountId
        regions.set(region, remembered(name, region, instances, asOf))
      }
      if (closed) return
      onChange()
      pollAgain()
      await refreshAll(true)
    },
    async refresh(region) {
      if (region === undefined || !regions.has(region)) {
        pollAgain()
        return refreshAll(true)
      }
      try {
        await refreshRegion(region, { profile: profiles.open(name), certain: false, shown: true })
      } catch (cause) {
        fail(cause)
      }
    },
    ordered(instance) {
      const { region, instanceId } = instance.ref
      change(region, (rows) => followed(rows, [instanceId], [instance]))
      changes.ordered(region, instanceId)
    },
    follow({ region, instanceId }) {
      changes.ordered(region, instanceId)
      void follow(region, [instanceId])
    },
    async close() {
      closed = true
      clearTimeout(slow)
      changes.close()
      await Promise.all(underWay.values())
      await cache?.settled()
    },
  }
}
