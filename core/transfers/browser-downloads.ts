import { randomBytes, randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Transfer } from '../../contract/models/transfer.ts'
import type { Log } from '../log.ts'
import { isCancelled, toUserError, UserError } from '../user-error.ts'
import { streamFile } from './download-stream.ts'
import { incomplete, transferError } from './failures.ts'
import { streamFolder } from './folder-stream.ts'
import type { Link, Links } from './links.ts'
import { asText, shownName } from './names.ts'
import type { Report } from './progress.ts'
import { createRate, secondsLeft } from './rate.ts'

/** Adds up what a folder's archive tells. */
function createReport() {
  const sums = { bytes: 0, total: 0, files: 0, filesDone: 0, skipped: 0, estimate: true }
  const problems: UserErrorData[] = []
  const report: Report = {
    found(files, bytes) {
      sums.files += files
      sums.total += bytes
    },
    scanned: () => {
      sums.estimate = false
    },
    bytes: (count) => {
      sums.bytes += count
    },
    fileDone: () => {
      sums.filesDone += 1
    },
    failed: (error) => {
      if (problems.length < MOST_PROBLEMS) problems.push(error)
    },
    skipped: () => {
      sums.skipped += 1
    },
  }
  return { report, facts: () => ({ ...sums, problems: [...problems] }) }
}

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
  readonly target: Target
  readonly path: string
  readonly cancel: AbortController
  opened: boolean
}

const PUBLISH_MS = 250
const MOST_PROBLEMS = 20
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
      const { lanes } = link
      change(offer, { host: link.name })
      const path = posix.resolve(lanes.first.home, offer.path.replace(/^~(\/|$)/, './'))
      const facts = await lanes.first.stat(path).catch((error) => Promise.reject(transferError(error, path)))
      if (facts.kind !== 'file' && facts.kind !== 'folder')
        throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
      const source = { ...facts, path }
      const name = asText(posix.basename(path)) || 'root'
      if (facts.kind === 'folder') {
        change(offer, { phase: { kind: 'running' }, name: shownName(`${name}.tar`) })
        const folder = createReport()
        const stream = streamFolder(source, posix.basename(path) || 'root', { lanes, signal, report: folder.report })
        follow(offer, stream, link, folder.facts)
        return { name: `${name}.tar`, size: undefined, stream }
      }
      change(offer, { phase: { kind: 'running' }, total: facts.size, estimate: false, files: 1 })
      let bytes = 0
      const stream = streamFile(source, { lanes, signal, onBytes: (count) => (bytes += count) })
      follow(offer, stream, link, () => ({ bytes, filesDone: bytes === facts.size ? 1 : 0 }))
      return { name, size: facts.size, stream }
    } catch (error) {
      link?.release()
      fail(offer, error)
      throw error
    }
  }

  function follow(offer: Offer, stream: Readable, link: Link, facts: () => Partial<Transfer> & { readonly bytes: number }) {
    const rate = createRate()
    const startedAt = performance.now()
    const publish = () => {
      const now = performance.now()
      const told = facts()
      rate.add(told.bytes, now)
      const { total, estimate } = { ...offer.transfer, ...told }
      const left = secondsLeft(told.bytes, total, rate.value, estimate)
      change(offer, {
        ...told,
        took: now - startedAt,
        ...(rate.value === undefined ? {} : { rate: rate.value }),
        ...(left === undefined ? {} : { secondsLeft: left }),
      })
    }
    const timer = setInterval(publish, PUBLISH_MS)
    let failure: unknown
    let ended = false
    stream.once('error', (error) => {
      failure = error
    })
    stream.once('end', () => {
      ended = true
    })
    stream.once('close', () => {
      clearInterval(timer)
      link.release()
      const { rate: _, secondsLeft: __, ...rest } = { ...offer.transfer, ...facts(), took: performance.now() - startedAt }
      offer.transfer = rest
      // The browser may stop in the middle, which is the person's own cancel.
      if (failure || !ended) fail(offer, failure ?? new UserError('CANCELLED', {}))
      else if (rest.problems.length > 0) fail(offer, incomplete(rest.problems))
      else change(offer, { phase: { kind: 'done' } })
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
