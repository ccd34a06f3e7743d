import type { Prompts } from '../prompts/prompts.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { Host, Link } from './carrier/carrier.ts'
import { type CarrierServices, createCarriers } from './carrier/start.ts'

export interface LinkServices extends CarrierServices {
  readonly prompts: Prompts
  /** Bytes a second that all transfers together may move; 0 is no limit. */
  rate(): number
}

/** A host's connection for transfers, apart from those of its terminals and in a worker of their own, so that no key waits behind a file. */
export interface Links {
  /** Throws what `Reach.prepare` and `connect` throw, TRANSFER_NO_SFTP, CANCELLED. */
  lease(host: Host, id: string, signal: AbortSignal): Promise<Link>
  /** As `lease`, where nobody has to be asked for it. */
  leaseUnasked(host: Host, id: string): Promise<Link>
  /** Open connections have to answer. */
  prove(): void
  /** The rate may have changed. */
  limit(): void
  closeAll(): void
}

export function createLinks(services: LinkServices): Links {
  const carriers = createCarriers(services, (carrier) => carrier.limit(services.rate()))
  const tell = (what: (carrier: Awaited<ReturnType<typeof carriers.current>>) => Promise<void>) => {
    carriers.running?.then(what).catch(() => undefined) // the next one begins anew anyway
  }
  const links: Links = {
    lease: async (...given) => (await carriers.current()).lease(...given),
    async leaseUnasked(host, id) {
      const asked = new AbortController()
      const unsubscribe = services.prompts.state.subscribe((prompts) => {
        if (prompts.some(({ terminalId }) => terminalId === id)) asked.abort()
      })
      return links.lease(host, id, asked.signal).finally(unsubscribe)
    },
    prove: () => tell((carrier) => carrier.prove()),
    limit: () => tell((carrier) => carrier.limit(services.rate())),
    closeAll: carriers.close,
  }
  return links
}

/** A worker that died took its connections along, and could not say to whom. */
export function lostWith(error: unknown, host: string): unknown {
  const unnamed = isUserError(error, 'CONNECTION_LOST') && error.details.host === ''
  return unnamed ? new UserError('CONNECTION_LOST', { ...error.details, host }) : error
}
