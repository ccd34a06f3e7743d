import type { AskPassword } from '../../files/as-root.ts'
import { connect } from '../../ssh/connect.ts'
import { createConnections } from '../../terminals/connections.ts'
import { type LeaseServices, leaseThrough } from '../../terminals/through.ts'
import { cancelled } from '../../user-error.ts'
import { type Lanes, openLanes } from '../lanes.ts'
import type { Pace } from '../pace.ts'
import type { CoreSide, Host } from './carrier.ts'

interface LinkServices extends Omit<LeaseServices, 'connections'> {
  readonly prepare: CoreSide['prepare']
  readonly askForRoot: CoreSide['askForRoot']
  readonly pace: Pace
}

/** Kept a moment after the last transfer, for the next one. */
const IDLE_MS = 10_000

/** Each host's connections for transfers, apart from those of its terminals. */
export function createLinks(services: LinkServices) {
  const connections = createConnections()
  const links = new Map<string, { opened: Promise<Opened>; users: number; idle?: NodeJS.Timeout }>()

  async function open({ target, asRoot }: Host, id: string, signal: AbortSignal): Promise<Opened> {
    const quiet = { onStep: () => undefined, log: services.log }
    const prepared = await services.prepare(target, { terminalId: id, signal })
    const { options, name } = prepared
    const { connection } = await leaseThrough({ ...services, connections }, prepared, { id, signal, onStep: quiet.onStep })
    const { user, keyId } = connection
    const keys = options.keys.filter((key) => key.id === keyId)
    const cancel = () => Promise.reject(cancelled())
    const unasked = { askPassword: cancel, askKeyboardInteractive: cancel, askNewPassword: cancel }
    const another = () => connect({ ...options, ...unasked, ...quiet, users: [user], keys, signal: new AbortController().signal })
    // What leads through another host has the one that led there.
    const lanes = await openLanes({
      ...{ connection, host: name, pace: services.pace },
      ...(prepared.through ? {} : { another }),
      ...(asRoot
        ? { askForRoot: askingOnce((who, again) => services.askForRoot({ user: who, host: name, again, terminalId: id, signal })) }
        : {}),
    }).catch((error) => {
      connection.close()
      throw error
    })
    return { lanes, name }
  }
  function close(key: string) {
    const link = links.get(key)
    links.delete(key)
    clearTimeout(link?.idle)
    link?.opened.then(({ lanes }) => lanes.close()).catch(() => undefined)
  }

  return {
    async lease(host: Host, id: string, signal: AbortSignal): Promise<LeasedLanes> {
      const key = JSON.stringify(host)
      const known = links.get(key)
      // A failure, or a cancel, of whoever opens it is not ours.
      const there = await known?.opened.catch(() => undefined)
      if (known && (!there || there.lanes.first.ended) && links.get(key) === known) close(key)
      const link = links.get(key) ?? { opened: open(host, id, signal), users: 0 }
      links.set(key, link)
      clearTimeout(link.idle)
      link.users += 1
      const release = async () => {
        link.users -= 1
        if (link.users === 0 && links.get(key) === link) link.idle = setTimeout(() => close(key), IDLE_MS)
      }
      try {
        const { lanes, name } = await link.opened
        return { lanes, name, release }
      } catch (error) {
        if (links.get(key) === link) links.delete(key)
        throw error
      }
    },
    prove: connections.prove,
  }
}

/** The password that was right opens the further channels as well; it is nowhere but here, as long as they are. */
function askingOnce(ask: AskPassword): AskPassword {
  let given: string | undefined
  return async (user, again) => {
    if (given === undefined || again) given = await ask(user, again)
    return given
  }
}

interface Opened {
  readonly lanes: Lanes
  readonly name: string
}

export interface LeasedLanes extends Opened {
  release(): Promise<void>
}
