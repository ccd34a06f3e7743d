import type { Instance, InstanceAction, InstanceRef, InventoryState } from '../../../contract/models/instance.ts'
import type { Settings } from '../../../contract/models/settings.ts'
import type { Log } from '../../log.ts'
import { createState, type ReadonlyState } from '../../state.ts'
import type { Clients } from '../clients.ts'
import type { OpenProfile, Profiles } from '../profiles/profiles.ts'
import { changeState } from './change-state.ts'
import { describeInstance } from './describe-instances.ts'
import { openProfileCache } from './inventory-cache.ts'
import { createProfileInventory, type Polling, type ProfileInventory } from './profile-inventory.ts'
import { enabledRegions } from './regions.ts'

export interface Inventory {
  readonly state: ReadonlyState<InventoryState>
  region(profile: string, region: string): { revision: number; instances: Instance[] }
  refresh(scope: { profile?: string | undefined; region?: string | undefined }): void
  regions(profile: string): Promise<string[]>
  act(ref: InstanceRef, action: InstanceAction): Promise<void>
  /** Something was ordered: looks what becomes of it, quickly. */
  follow(ref: InstanceRef): void
  /** As last known. */
  find(ref: InstanceRef): Instance | undefined
  /** As AWS says now. Throws UserError INSTANCE_NOT_FOUND. */
  lookUp(ref: InstanceRef, signal?: AbortSignal): Promise<Instance>
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>
}

export interface InventoryOptions {
  readonly profiles: Profiles
  readonly clients: Clients
  readonly dataFolder: string
  readonly settings: ReadonlyState<Settings>
  readonly polling: Polling
  readonly log: Log
}

/** The instances of the selected profiles, each kept up to date on its own. */
export function createInventory({ profiles, clients, dataFolder, settings, polling, log }: InventoryOptions): Inventory {
  const state = createState<InventoryState>({ profiles: [], regions: [] })
  const open = new Map<string, { inventory: ProfileInventory; profile: OpenProfile; wanted: string }>()

  function publish() {
    const inventories = [...open.values()].map(({ inventory }) => inventory)
    state.set({
      profiles: inventories.map(({ summary }) => summary),
      regions: inventories.flatMap(({ regions }) =>
        [...regions.values()].map(({ summary }) => summary).toSorted((a, b) => (a.region < b.region ? -1 : 1)),
      ),
    })
  }
  /** Brings what is listed in line with what is selected; a profile that has changed begins anew. */
  function reconcile() {
    const selected = profiles.state.value.profiles.filter((profile) => profile.selected)
    for (const [name, { inventory }] of open) {
      if (selected.some((profile) => profile.name === name)) continue
      void inventory.close()
      open.delete(name)
    }
    for (const { name, kind } of selected) {
      const profile = profiles.open(name)
      const wanted = JSON.stringify(settings.value.regions[name])
      const existing = open.get(name)
      if (existing?.profile === profile && existing.wanted === wanted) continue
      void existing?.inventory.close()
      const inventory = createProfileInventory({
        name,
        profiles,
        clients,
        cache: kind === 'practice' ? undefined : openProfileCache(dataFolder, name, log),
        polling,
        log,
        wantedRegions: () => settings.value.regions[name],
        onChange: publish,
      })
      open.set(name, { inventory, profile, wanted })
      void inventory.start()
    }
    publish()
  }
  const rows = ({ profile, region }: Omit<InstanceRef, 'instanceId'>) => open.get(profile)?.inventory.regions.get(region)
  const find = (ref: InstanceRef) => rows(ref)?.instances.find((row) => row.ref.instanceId === ref.instanceId)

  const stopWatching = [profiles.state.subscribe(reconcile), settings.subscribe(reconcile)]
  reconcile()

  return {
    state,
    region(profile, region) {
      const { summary, instances } = rows({ profile, region }) ?? {}
      return { revision: summary?.revision ?? 0, instances: [...(instances ?? [])] }
    },
    refresh({ profile, region }) {
      for (const [name, { inventory }] of open) {
        if (profile === undefined || profile === name) void inventory.refresh(region)
      }
    },
    regions: async (profile) => enabledRegions(clients, profiles.open(profile)),
    async act(ref, action) {
      const state = await changeState(clients, profiles.open(ref.profile), ref, action)
      const known = find(ref)
      if (known) open.get(ref.profile)?.inventory.ordered({ ...known, state: state ?? known.state })
    },
    follow: (ref) => open.get(ref.profile)?.inventory.follow(ref),
    find,
    lookUp: async (ref, signal) =>
      describeInstance(clients, { profile: profiles.open(ref.profile), region: ref.region }, ref.instanceId, signal),
    async close() {
      for (const stop of stopWatching) stop()
      await Promise.all([...open.values()].map(({ inventory }) => inventory.close()))
    },
  }
}
