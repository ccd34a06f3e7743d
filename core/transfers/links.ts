import type { Target } from '../../contract/models/terminal.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Reach } from '../reach/reach.ts'
import type { Vault } from '../secrets/vault.ts'
import { connect } from '../ssh/connect.ts'
import { loginQuestions } from '../terminals/questions.ts'
import { cancelled } from '../user-error.ts'
import { type Lanes, openLanes } from './lanes.ts'

export interface LinkServices {
  readonly reach: Reach
  readonly prompts: Prompts
  readonly vault: Vault
  readonly log: Log
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
  const links = new Map<string, { opened: Promise<Omit<Link, 'release'>>; users: number; idle?: NodeJS.Timeout }>()

  async function open(target: Target, id: string, signal: AbortSignal): Promise<Omit<Link, 'release'>> {
    const { reach, log } = services
    const quiet = { onStep: () => undefined, log }
    const prepared = await reach.prepare(target, { terminalId: id, signal, onStep: quiet.onStep })
    const { options } = prepared
    const questions = loginQuestions({ ...services, address: options.address, port: options.port, terminalId: id, signal })
    const connection = await connect({ ...options, ...questions, ...quiet, signal }).catch((error) =>
      Promise.reject(prepared.explain(error)),
    )
    const { user, keyId } = connection
    reach.remember(target, { user, ...(keyId ? { keyId } : {}) })
    await questions.keep()
    const keys = options.keys.filter((key) => key.id === keyId)
    const unasked = { askPassword: () => Promise.reject(cancelled()), askKeyboardInteractive: () => Promise.reject(cancelled()) }
    const another = () => connect({ ...options, ...unasked, ...quiet, users: [user], keys, signal: new AbortController().signal })
    return { lanes: await openLanes({ connection, another, host: prepared.name }), name: prepared.name }
  }
  function close(key: string) {
    const link = links.get(key)
    links.delete(key)
    clearTimeout(link?.idle)
    link?.opened.then(({ lanes }) => lanes.close()).catch(() => undefined)
  }

  return {
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
    closeAll() {
      for (const key of [...links.keys()]) close(key)
    },
  }
}
export type Links = ReturnType<typeof createLinks>
