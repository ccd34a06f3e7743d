import type { HostMetrics } from '../../contract/models/monitor.ts'
import type { Reading } from './reading.ts'

/** What two looks at a host say about the time between them, `seconds` by this computer's clock: the host's may jump. Pure. */
export function metricsOf(before: Reading | undefined, now: Reading, seconds: number): HostMetrics {
  const { system, cores, load, memory, swap, disks, users, uptimeSeconds } = now
  const cpu = now.cpuNow ?? share(before?.cpu, now.cpu)
  const network = rates(before?.traffic, now.traffic, seconds)
  return {
    system,
    disks,
    ...(cpu !== undefined && { cpu }),
    ...(cores !== undefined && { cores }),
    ...(load && { load }),
    ...(memory && { memory }),
    ...(swap && { swap }),
    ...(network && { network }),
    ...(users !== undefined && { users }),
    ...(uptimeSeconds !== undefined && { uptimeSeconds }),
  }
}

function share(before: Reading['cpu'], now: Reading['cpu']): number | undefined {
  if (!before || !now || now.total <= before.total) return undefined
  return Math.min(1, Math.max(0, (now.busy - before.busy) / (now.total - before.total)))
}

/** Counters begin anew when an interface does: no rate then. */
function rates(before: Reading['traffic'], now: Reading['traffic'], seconds: number): HostMetrics['network'] {
  if (!before || !now || seconds <= 0 || now.received < before.received || now.sent < before.sent) return undefined
  return { received: (now.received - before.received) / seconds, sent: (now.sent - before.sent) / seconds }
}
