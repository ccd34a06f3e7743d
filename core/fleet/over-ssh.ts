import type { FleetHost, FleetOptions } from '../../contract/models/fleet.ts'
import type { HostUpdates } from '../../contract/models/updates.ts'
import { openWorkplace } from '../jobs/workplace.ts'
import type { Turn } from '../many/on-many.ts'
import type { DialServices } from '../terminals/dial.ts'
import { checkUpdates } from '../updates/check.ts'
import { updateHost } from '../updates/update-host.ts'

/** One host's updates over SSH, and what is left of them. `onOutput`: plain. Throws what `updateHost` throws. */
export async function updateOverSsh(
  services: DialServices,
  { target, id, signal }: Turn,
  operation: FleetOptions['operation'],
  onOutput: (text: string) => void,
): Promise<Partial<FleetHost>> {
  const place = openWorkplace(services, target, { id, signal })
  try {
    if (operation === 'scan') {
      const found = await place.work((host) => checkUpdates(host, signal))
      onOutput(
        found.pending
          .map(({ name, from, to, security }) => `${name} ${from ?? ''} -> ${to ?? ''}${security ? ' (security)' : ''}\n`)
          .join(''),
      )
      return numbersOf(found)
    }
    const { before } = await updateHost(place, operation, { signal, onOutput })
    const after = await place.work((host) => checkUpdates(host, signal))
    const left = new Set(after.pending.map(({ name }) => name))
    return { ...numbersOf(after), installed: before.pending.filter(({ name }) => !left.has(name)).length, failed: 0 }
  } finally {
    place.close()
  }
}

function numbersOf({ pending, tellsSecurity, restart }: HostUpdates): Partial<FleetHost> {
  return {
    pending: pending.length,
    ...(tellsSecurity ? { security: pending.filter((each) => each.security).length } : {}),
    restart: restart.needed,
  }
}
