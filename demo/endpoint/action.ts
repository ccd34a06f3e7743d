import type { Commands } from '../commands/commands.ts'
import type { BackupShelf } from '../machines/backups.ts'
import type { Fleet } from '../machines/fleet.ts'
import type { Network } from '../machines/network.ts'
import type { PolicyShelf } from '../machines/policies.ts'
import type { Power, Times } from '../machines/power.ts'
import type { Disks } from '../ssh/disks.ts'
import type { Query } from './query.ts'
import type { Credentials } from './signature.ts'
import type { XmlValue } from './xml.ts'

export interface Account {
  readonly fleet: Fleet
  readonly power: Power
  readonly backups: BackupShelf
  readonly policies: PolicyShelf
  readonly network: Network
  readonly times: Times
  readonly commands: Commands
  readonly disks: Disks
  /** A machine may be reachable now that was not, or the other way round. */
  readonly rulesChanged: () => void
  readonly credentials: Credentials
}
/** One call of a service: its parameters and region to the elements of its answer. */
export type Action = (account: Account, query: Query, region: string) => { readonly [name: string]: XmlValue }
