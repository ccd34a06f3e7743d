import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance, InventoryState } from '../../contract/models/instance.ts'
import type { Log } from '../log.ts'
import { UserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import { describeInstances } from './describe-instances.ts'
import { toUserError } from './failures.ts'
import type { InventoryCache } from './inventory-cache.ts'
import type { OpenProfile, Profiles } from './profiles.ts'
import { changingIds, emptyRegion, failed, followed, fromCache, listed, loading, partlyListed, type RegionRows } from './region-rows.ts'
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
  readonly cache: InventoryCache | undefined
  readonly polling: Polling
  readonly log: Log
  /** The regions that the person wants; undefined: all that are enabled. */
  wantedRegions(): readonly string[] | undefined
  onChange(): void
}

/** One profile's instances, kept up to date from `start` to `close`. */
export interface ProfileInventory {
  readonly summary: InventoryState['profiles'][number]
  readonly regions: ReadonlyMap<string, RegionRows>
  start(): Promise<void>
  /** Of one region or of all; a second one while the first is under way joins it. */
  refresh(region?: string): Promise<void>
  /** Takes over what AWS said about some instances, and follows them for a while. */
  follow(region: string, instances: readonly Instance[]): void
  close(): void
}

/** After a change was ordered, EC2 may go on telling the old state for this long. */
const FOLLOW_MS = 20_000
/** More would not fit into one filter of DescribeInstances. */
const MOST_FOLLOWED = 200
/** Rows that did not change are written again after this long, for their date. */
const REWRITE_MS = 10 * 60 * 1000

export function createProfileInventory(options: ProfileInventoryOptions): ProfileInventory {
  const { name, profiles, clients, cache, polling, log, onChange } = options
  const regions = new Map<string, RegionRows>()
  const underWay = new Map<string, Promise<void>>()
  const followUntil = new Map<string, { region: string; until: number }>()
  const written = new Map<string, { revision: number; at: number }>()
  let phase: InventoryState['profiles'][number]['phase'] = 'loading'
  let error: UserErrorData | undefined
  let accountId: string | undefined
  let closed = false
  let slow: NodeJS.Timeout | undefined
  let quick: NodeJS.Timeout | undefined

  function change(region: string, to: (rows: RegionRows) => RegionRows) {
    if (closed) return
    regions.set(region, to(regions.get(region) ?? emptyRegion(name, region)))
    onChange()
  }
  function once(key: string, work: () => Promise<void>): Promise<void> {
    const started = underWay.get(key) ?? work().finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }

  async function refreshAll() {
    try {
      const profile = profiles.open(name)
      const [found] = await Promise.all([listRegions(clients, profile, options.wantedRegions()), identify(profile)])
      phase = 'ready'
      error = undefined
      for (const region of regions.keys()) if (!found.regions.includes(region)) forget(region)
      onChange()
      await Promise.all(found.regions.map((region) => refreshRegion(profile, region, found.certain)))
    } catch (cause) {
      fail(cause)
    }
  }
  /** Who this is matters to the grouping only: no list waits or fails for it. */
  async function identify(profile: OpenProfile) {
    try {
      const identity = await clients.identify(profile)
      // The rows on disk may be another account's, from before the profile was pointed at this one.
      if (accountId && accountId !== identity.accountId) for (const [region, rows] of regions) if (rows.summary.stale) forget(region)
      accountId = identity.accountId
      profiles.identified(name, identity)
    } catch (cause) {
      log.warn(
        { profile: name, code: toUserError(cause, { profile: name, action: 'sts:GetCallerIdentity' }).code },
        'account not identified',
      )
    }
  }
  function refreshRegion(profile: OpenProfile, region: string, credentialsWork: boolean) {
    return once(region, async () => {
      change(region, (rows) => rows)
      const instances: Instance[] = []
      try {
        for await (const page of describeInstances(clients, { profile, region }, { credentialsWork })) {
          instances.push(...page)
          if (!regions.get(region)?.summary.asOf) change(region, (rows) => partlyListed(rows, instances))
        }
        change(region, (rows) => listed(rows, instances, new Date().toISOString()))
        await remember(region)
      } catch (cause) {
        const problem = asUserError(cause, 'ec2:DescribeInstances')
        if (problem.code === 'CANCELLED') return
        log.warn({ profile: name, region, code: problem.code }, 'region not listed')
        change(region, (rows) => failed(rows, problem.data))
      }
      followChanging()
    })
  }
  function fail(cause: unknown) {
    const problem = asUserError(cause, 'ec2:DescribeRegions')
    if (closed || problem.code === 'CANCELLED') return
    log.warn({ profile: name, code: problem.code }, 'profile not listed')
    phase = 'failed'
    error = problem.data
    for (const region of regions.keys()) change(region, (rows) => failed(rows, problem.data))
    onChange()
    void profiles.lookAtLogins()
  }
  function asUserError(cause: unknown, action: string): UserError {
    if (!(cause instanceof UserError)) log.error({ err: cause }, 'defect while listing')
    return toUserError(cause, { profile: name, action })
  }
  function forget(region: string) {
    regions.delete(region)
    written.delete(region)
    void cache?.forget(name, region)
  }
  async function remember(region: string) {
    const rows = regions.get(region)
    const { asOf, revision } = rows?.summary ?? {}
    if (!cache || !rows || !asOf || revision === undefined) return
    const last = written.get(region)
    if (last?.revision === revision && Date.now() - last.at < REWRITE_MS) return
    written.set(region, { revision, at: Date.now() })
    try {
      await cache.write({ profile: name, region, asOf, instances: [...rows.instances], ...(accountId ? { accountId } : {}) })
    } catch (cause) {
      log.warn({ err: cause }, 'inventory not written')
    }
  }

  function followChanging() {
    if (closed || quick) return
    const now = Date.now()
    for (const [id, { until }] of followUntil) if (until < now) followUntil.delete(id)
    const byRegion = new Map<string, string[]>()
    for (const [region, rows] of regions) {
      const ordered = [...followUntil].filter(([, followed]) => followed.region === region).map(([id]) => id)
      const ids = [...new Set([...changingIds(rows), ...ordered])]
      if (ids.length > 0) byRegion.set(region, ids)
    }
    if (byRegion.size === 0) return
    quick = setTimeout(async () => {
      await Promise.all([...byRegion].map(([region, ids]) => followRegion(region, ids)))
      quick = undefined
      followChanging()
    }, polling.quickMs).unref()
  }
  async function followRegion(region: string, ids: readonly string[]) {
    try {
      const profile = profiles.open(name)
      if (ids.length > MOST_FOLLOWED) return await refreshRegion(profile, region, false)
      const instances: Instance[] = []
      for await (const page of describeInstances(clients, { profile, region }, { ids })) instances.push(...page)
      change(region, (rows) => followed(rows, ids, instances))
      await remember(region)
    } catch (cause) {
      const problem = asUserError(cause, 'ec2:DescribeInstances')
      // The next full refresh shows what lasts.
      if (problem.code !== 'CANCELLED') log.warn({ profile: name, region, code: problem.code }, 'change not followed')
    }
  }

  async function refreshAndSchedule(): Promise<void> {
    clearTimeout(slow)
    await once('', refreshAll)
    if (closed) return
    clearTimeout(slow)
    slow = setTimeout(async () => {
      // The person may have logged in, or corrected a file, outside of the app.
      if (phase === 'failed') await profiles.reload()
      if (!closed) await refreshAndSchedule()
    }, polling.slowMs).unref()
  }

  return {
    get summary() {
      return { profile: name, phase, ...(accountId ? { accountId } : {}), ...(error ? { error } : {}) }
    },
    regions,
    async start() {
      for (const cached of (await cache?.read(name)) ?? []) {
        accountId ??= cached.accountId
        regions.set(cached.region, fromCache(cached))
      }
      onChange()
      await refreshAndSchedule()
    },
    async refresh(region) {
      if (region !== undefined && regions.has(region)) {
        change(region, loading)
        return refreshRegion(profiles.open(name), region, false)
      }
      phase = 'loading'
      for (const known of regions.keys()) change(known, loading)
      onChange()
      return refreshAndSchedule()
    },
    follow(region, instances) {
      const ids = instances.map(({ ref }) => ref.instanceId)
      for (const id of ids) followUntil.set(id, { region, until: Date.now() + FOLLOW_MS })
      change(region, (rows) => followed(rows, ids, instances))
      followChanging()
    },
    close() {
      closed = true
      clearTimeout(slow)
      clearTimeout(quick)
    },
  }
}
