import type { Settings } from '../../contract/models/settings.ts'
import type { AuditCalls } from '../audit/audit-facts.ts'
import type { ChangeCalls } from '../changes/facts.ts'
import type { CoreHost, PracticeCloud } from '../host.ts'
import type { Log } from '../log.ts'
import type { NetworkCalls } from '../network/network-calls.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { InstanceFacts } from '../reach/instance-facts.ts'
import type { Vault } from '../secrets/vault.ts'
import type { State } from '../state.ts'
import { createAuditCalls } from './audit/audit-calls.ts'
import { type Backups, createBackups } from './backups/backups.ts'
import { createChangeCalls } from './changes/change-calls.ts'
import { createClients } from './clients.ts'
import { createConsoles, type InstanceConsoles } from './console.ts'
import { createDatabases, type Databases } from './databases/databases.ts'
import { createFacts } from './facts.ts'
import { createInstanceConnect, type InstanceConnect } from './instance-connect.ts'
import { createInstances, type Instances } from './instances/instances.ts'
import { createInventory, type Inventory } from './inventory/inventory.ts'
import { removeProfileCache } from './inventory/inventory-cache.ts'
import type { Polling } from './inventory/profile-inventory.ts'
import { createLaunchChoices } from './launch/choices.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { createNetworkCalls } from './network/network-calls.ts'
import { createPrices, type Prices } from './prices/prices.ts'
import { createProfiles, type Profiles } from './profiles/profiles.ts'
import { createSchedules, type Schedules } from './schedules/schedules.ts'
import { createSystemsManager, type SystemsManager } from './systems-manager.ts'

export interface AwsOptions {
  readonly host: CoreHost
  readonly settings: State<Settings>
  readonly prompts: Prompts
  readonly vault: Vault
  readonly log: Log
  readonly polling?: Polling
}

export interface Aws {
  readonly profiles: Pick<Profiles, 'state' | 'select' | 'addKeys' | 'remove' | 'login' | 'reload'>
  readonly inventory: Omit<Inventory, 'close'>
  readonly facts: InstanceFacts
  readonly network: NetworkCalls
  readonly instanceConnect: InstanceConnect
  readonly consoles: InstanceConsoles
  readonly changes: ChangeCalls
  readonly audit: AuditCalls
  readonly instances: Instances
  readonly metrics: Metrics
  readonly prices: Prices
  readonly backups: Backups
  readonly databases: Databases
  readonly schedules: Schedules
  readonly systemsManager: SystemsManager
  readonly launchChoices: ReturnType<typeof createLaunchChoices>
  /** What the profile's section of the AWS configuration says. Throws UserError AWS_PROFILE_UNKNOWN. */
  setting(profile: string, name: string): string | undefined
  /** Its profile is there, and selected, for as long as it is set. */
  setPracticeCloud(cloud: PracticeCloud | undefined): Promise<void>
  close(): Promise<void>
}

const POLLING: Polling = { quickMs: 2_500, slowMs: 60_000 }

/** The person's accounts and what is in them. Nothing of the SDK's is loaded until a profile is selected. */
export async function createAws({ host, settings, prompts, vault, log, polling = POLLING }: AwsOptions): Promise<Aws> {
  const clients = createClients()
  const profiles = await createProfiles({ host, settings, prompts, vault, identify: (profile) => clients.identify(profile) })
  const network = createNetworkCalls(profiles, clients)
  const inventory = createInventory({ profiles, clients, dataFolder: host.dataFolder, settings, polling, log })
  return {
    profiles: {
      ...profiles,
      async login(name, signal) {
        await profiles.login(name, signal)
        // Others may stand on the same login: a session's profiles, or a role's source.
        inventory.refresh({})
      },
      async remove(name) {
        await profiles.remove(name)
        await removeProfileCache(host.dataFolder, name)
      },
    },
    inventory,
    facts: createFacts(profiles, clients),
    network,
    instanceConnect: createInstanceConnect(profiles, clients),
    consoles: createConsoles(profiles, clients),
    audit: createAuditCalls(profiles, clients, network),
    changes: createChangeCalls(profiles, clients, network),
    instances: createInstances(profiles, clients),
    metrics: createMetrics(profiles, clients),
    prices: createPrices(profiles, clients),
    backups: createBackups(profiles, clients),
    databases: createDatabases(profiles, clients),
    schedules: createSchedules(profiles, clients),
    systemsManager: createSystemsManager(profiles, clients),
    launchChoices: createLaunchChoices(profiles, clients),
    setting: (profile, name) => profiles.open(profile).section[name] || undefined,
    setPracticeCloud: profiles.setPracticeCloud,
    async close() {
      profiles.close()
      const closed = inventory.close()
      // What is under way need not be answered any more.
      clients.close()
      await closed
    },
  }
}
