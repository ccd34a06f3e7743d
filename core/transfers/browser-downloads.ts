import { randomBytes, randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import type { Target } from '../../contract/models/terminal.ts'
import type { Transfer } from '../../contract/models/transfer.ts'
import type { Log } from '../log.ts'
import { isCancelled, toUserError, UserError } from '../user-error.ts'
import { streamFile } from './download-stream.ts'
import { transferError } from './failures.ts'
import type { Link, Links } from './links.ts'
import { asText, shownName } from './names.ts'
import { createRate, secondsLeft } from './rate.ts'

export interface BrowserDownload {
  /** The server's, for a header to encode. */
  readonly name: string
  readonly size: number
  readonly stream: Readable
}

interface Offer {
  transfer: Transfer
  readonly token: string
  readonly target: Target
  readonly path: string
  readonly cancel: AbortController
  opened: boolean
}

const PUBLISH_MS = 250
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
      link = await links.lease(offer.target, offer.transfer.id, signal)
      const { lanes, name } = link
      change(offer, { host: name })
      const path = posix.resolve(lanes.first.home, offer.path.replace(/^~(\/|$)/, './'))
      const facts = await lanes.first.stat(path).catch((error) => Promise.reject(transferError(error, path)))
      if (facts.kind !== 'file') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
      change(offer, { phase: { kind: 'running' }, total: facts.size, estimate: false, files: 1 })
      let bytes = 0
      const stream = streamFile({ ...facts, path }, { lanes, signal, onBytes: (count) => (bytes += count) })
      follow(offer, stream, link, () => bytes)
      return { name: asText(posix.basename(path)), size: facts.size, stream }
    } catch (error) {
      link?.release()
      fail(offer, error)
      throw error
    }
  }

  function follow(offer: Offer, stream: Readable, link: Link, bytes: () => number) {
    const rate = createRate()
    const startedAt = performance.now()
    const publish = () => {
      const now = performance.now()
      rate.add(bytes(), now)
      const left = secondsLeft(bytes(), offer.transfer.total, rate.value, false)
      change(offer, {
        bytes: bytes(),
        took: now - startedAt,
        ...(rate.value === undefined ? {} : { rate: rate.value }),
        ...(left === undefined ? {} : { secondsLeft: left }),
      })
    }
    const timer = setInterval(publish, PUBLISH_MS)
    let failure: unknown
    stream.once('error', (error) => {
      failure = error
    })
    stream.once('close', () => {
      clearInterval(timer)
      link.release()
      const { rate: _, secondsLeft: __, ...rest } = { ...offer.transfer, bytes: bytes(), took: performance.now() - startedAt }
      offer.transfer = rest
      // The browser may stop in the middle, which is the person's own cancel.
      if (failure || bytes() < rest.total) fail(offer, failure ?? new UserError('CANCELLED', {}))
      else change(offer, { filesDone: 1, phase: { kind: 'done' } })
    })
  }

  return {
    list: () => [...offers.values()].map(({ transfer }) => transfer),
    offer(target: Target, paths: readonly string[]) {
      const made = paths.map((path): Offer => {
        const id = randomUUID()
        const host = target.kind === 'host' ? target.host : target.ref.instanceId
        const transfer: Transfer = {
          ...{ id, direction: 'download', name: shownName(posix.basename(path)), count: 1, host, folder: '', byBrowser: true },
          ...{ phase: { kind: 'queued' }, bytes: 0, total: 0, estimate: true, files: 0, filesDone: 0, skipped: 0, problems: [], took: 0 },
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
