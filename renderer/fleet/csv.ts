import type { TFunction } from 'i18next'
import type { FleetHost, FleetRun } from '../../contract/models/fleet.ts'
import { toCsv } from '../host/csv.ts'
import { failuresFirst } from './order.ts'

const COLUMNS = ['instance', 'id', 'profile', 'region', 'way', 'state', 'pending', 'security', 'installed', 'failed', 'restart'] as const

/** One line an instance, failures first. Pure. */
export function runAsCsv(
  { hosts }: Pick<FleetRun, 'hosts'>,
  words: Readonly<Record<'state' | 'restart', (host: FleetHost) => string>>,
  t: TFunction<'fleet'>,
): string {
  const number = (value: number | undefined) => (value === undefined ? '' : String(value))
  const rows = failuresFirst(hosts).map(({ host }) => [
    host.name,
    host.ref.instanceId,
    host.ref.profile,
    host.ref.region,
    host.way.kind === 'none' ? '' : t(`wayShort.${host.way.kind}`),
    words.state(host),
    ...[host.pending, host.security, host.installed, host.failed].map(number),
    words.restart(host),
  ])
  return toCsv([COLUMNS.map((column) => t(`column.${column}`)), ...rows])
}
