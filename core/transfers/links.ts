import type { Target } from '../../contract/models/terminal.ts'
import { connect } from '../ssh/connect.ts'
import { createConnections } from '../terminals/connections.ts'
import type { DialServices } from '../terminals/dial.ts'
import { leaseThrough } from '../terminals/through.ts'
import { cancelled } from '../user-error.ts'
import { type Lanes, openLanes } from './lanes.ts'
import type { Pace } from './pace.ts'

export interface LinkServices extends Omit<DialServices, 'connections'> {
  readonly pace: Pace
}

/** A host's connections for transfers, apart from those of its terminals, so that no key waits behind a file. */
export interface Link {
  readonly lanes: Lanes
  /** The instance's name or id, or the host. */
  readonly name: string
  release(): void
}

/** Kept a moment after the last transfer, for the next one. */
const IDLE_MS = 10_000

export function createLinks(services: LinkServices) {
  const connections = createConnections()
  const links = new Map<string, { opened: Promise<Omit<Link, 'release'>>; users: number; idle?: NodeJS.Timeout }>()

  async function open(target: Target, id: string, signal: AbortSignal): Promise<Omit<Link, 'release'>> {
    const { reach, log } = services
    const quiet = { onStep: () => undefined, log }
    const prepared = await reach.prepare(target, { terminalId: id, signal, onStep: quiet.onStep })
    const { options } = prepared
    const { connection } = await leaseThrough({ ...services, connections }, prepared, { id, signal, onStep: quiet.onStep })
    const { user, keyId } = connection
    const keys = options.keys.filter((key) => key.id === keyId)
    const cancel = () => Promise.reject(cancelled())
    const unasked = { askPassword: cancel, askKeyboardInteractive: cancel, askNewPassword: cancel }
    const another = () => connect({ ...options, ...unasked, ...quiet, users: [user], keys, signal: new AbortController().signal })
    // What leads through another host has the one that led there.
    const lanes = await openLanes({ connection, host: prepared.name, pace: services.pace, ...(prepared.through ? {} : { another }) })
    return { lanes, name: prepared.name }
  }
  function close(key: string) {
    const link = links.get(key)
    links.delete(key)
    clearTimeout(link?.idle)
    link?.opened.then(({ lanes }) => lanes.close()).catch(() => undefined)
  }

  const self = {
    /** As `lease`, where nobody has to be asked for it. */
    async leaseUnasked(target: Target, id: string): Promise<Link> {
      const asked = new AbortController()
      const unsubscribe = services.prompts.state.subscribe((prompts) => {
        if (prompts.some(({ terminalId }) => terminalId === id)) asked.abort()
      })
      return self.lease(target, id, asked.signal).finally(unsubscribe)
    },
    /** Throws what `Reach.prepare` and `connect` throw, TRANSFER_NO_SFTP, CANCELLED. */
    async lease(target: Target, id: string, signal: AbortSignal): Promise<Link> {
      const key = JSON.stringify(target)
      const known = links.get(key)
      // A failure, or a cancel, of whoever opens it is not ours.
      const opened = await known?.opened.catch(() => undefined)
      if (known && (!opened || opened.lanes.first.ended) && links.get(key) === known) close(key)
      const link = links.get(key) ?? { opened: open(target, id, signal), users: 0 }
      links.set(key, link)
      clearTimeout(link.idle)
      link.users += 1
      const release = () => {
        link.users -= 1
        if (link.users === 0 && links.get(key) === link) link.idle = setTimeout(() => close(key), IDLE_MS).unref()
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
    closeAll() {
      for (const key of [...links.keys()]) close(key)
    },
  }
  return self
}
export type Links = ReturnType<typeof createLinks>
