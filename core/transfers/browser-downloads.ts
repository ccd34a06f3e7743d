import { randomBytes, randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import type { Transfer } from '../../contract/models/transfer.ts'
import type { Log } from '../log.ts'
import { cancelled, isCancelled, toUserError } from '../user-error.ts'
import type { Host, Link, Outflow } from './carrier/carrier.ts'
import { incomplete } from './failures.ts'
import { type Links, lostWith } from './links.ts'
import { asText, shownName } from './names.ts'
import { readable } from './readable.ts'
import { createTelling, NOTHING_YET, standing } from './told.ts'

export interface BrowserDownload {
  /** The server's, for a header to encode. */
  readonly name: string
  /** Undefined where only the end will tell: a folder's archive. */
  readonly size: number | undefined
  readonly stream: Readable
}

interface Offer {
  transfer: Transfer
  readonly token: string
  readonly target: Host['target']
  readonly path: string
  readonly cancel: AbortController
  opened: boolean
}

const OVER = new Set<Transfer['phase']['kind']>(['done', 'failed', 'cancelled'])

/** Files that the browser fetches and saves: the page gets an address for each, good for one use. */
export function createBrowserDownloads({ links, log, changed }: { links: Links; log: Log; changed: () => void }) {
  const offers = new Map<string, Offer>()

  function change(offer: Offer, changes: Partial<Transfer>) {
    offer.transfer = { ...offer.transfer, ...changes }
    changed()
  }
  function fail(offer: Offer, error: unknown) {
    if (OVER.has(offer.transfer.phase.kind)) return
    const stopped = offer.cancel.signal.aborted || isCancelled(error)
    change(offer, { phase: stopped ? { kind: 'cancelled' } : { kind: 'failed', error: toUserError(error, log) } })
  }

  async function open(token: string): Promise<BrowserDownload | undefined> {
    const offer = [...offers.values()].find((each) => each.token === token && !each.opened && !OVER.has(each.transfer.phase.kind))
    if (!offer) return undefined
    offer.opened = true
    const { signal } = offer.cancel
    let link: Link | undefined
    try {
      change(offer, { phase: { kind: 'connecting' } })
      link = await links.lease({ target: offer.target, asRoot: offer.transfer.asRoot }, offer.transfer.id, signal)
      change(offer, { host: link.name })
      const path = posix.resolve(link.home, offer.path.replace(/^~(\/|$)/, './'))
      const outflow = await link.open(path, signal)
      const isFolder = outflow.kind === 'folder'
      const name = (asText(posix.basename(path)) || 'root') + (isFolder ? '.tar' : '')
      change(offer, { phase: { kind: 'running' }, ...(isFolder ? { name: shownName(name) } : {}) })
      return { name, size: isFolder ? undefined : outflow.size, stream: follow(offer, outflow, link) }
    } catch (error) {
      void link?.release().catch(() => undefined)
      fail(offer, lostWith(error, offer.transfer.host))
      throw error
    }
  }

  function follow(offer: Offer, outflow: Outflow, link: Link): Readable {
    const tell = createTelling()
    const stream = readable((push) => outflow.pour(push, (sums) => change(offer, tell(sums))), offer.cancel)
    let failure: unknown
    let ended = false
    stream.once('error', (error) => {
      failure = lostWith(error, offer.transfer.host)
    })
    stream.once('end', () => {
      ended = true
    })
    stream.once('close', () => {
      void link.release().catch(() => undefined)
      offer.transfer = standing(offer.transfer)
      const { problems } = offer.transfer
      // The browser may stop in the middle, which is the person's own cancel.
      if (failure || !ended) fail(offer, failure ?? cancelled())
      else if (problems.length > 0) fail(offer, incomplete(problems))
      else change(offer, { phase: { kind: 'done' } })
    })
    return stream
  }

  return {
    list: () => [...offers.values()].map(({ transfer }) => transfer),
    offer({ target, asRoot }: Host, paths: readonly string[]) {
      const made = paths.map((path): Offer => {
        const id = randomUUID()
        const host = target.kind === 'host' ? target.host : target.ref.instanceId
        const transfer: Transfer = {
          ...{ id, direction: 'download', name: shownName(posix.basename(path)), count: 1, host, folder: '', byBrowser: true },
          ...{ asRoot, phase: { kind: 'queued' }, ...NOTHING_YET },
        }
        return { transfer, target, path, token: randomBytes(24).toString('base64url'), cancel: new AbortController(), opened: false }
      })
      for (const offer of made) offers.set(offer.transfer.id, offer)
      changed()
      return { ids: made.map(({ transfer }) => transfer.id), links: made.map(({ token }) => `/download/${token}`) }
    },
    open,
    /** False when it is none of these. */
    cancel(id: string): boolean {
      const offer = offers.get(id)
      offer?.cancel.abort()
      if (offer?.transfer.phase.kind === 'queued') change(offer, { phase: { kind: 'cancelled' } })
      return offer !== undefined
    },
    clear(id: string | undefined) {
      for (const [key, { transfer }] of offers) if ((id === undefined || id === key) && OVER.has(transfer.phase.kind)) offers.delete(key)
    },
    close() {
      for (const { cancel } of offers.values()) cancel.abort()
    },
  }
}
