import { randomBytes } from 'node:crypto'
import { promises as fs } from 'node:fs'
import { basename, posix } from 'node:path'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Transfer, TransferPhase } from '../../contract/models/transfer.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { createRetries } from '../terminals/retries.ts'
import { cancelled, isCancelled, toUserError } from '../user-error.ts'
import { type Conflict, type Settled, settle } from './conflicts.ts'
import { downloadItem } from './download-item.ts'
import { incomplete } from './failures.ts'
import { type Ledger, partOf } from './ledger.ts'
import type { Link, Links } from './links.ts'
import { shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import type { PageFiles } from './page-files.ts'
import type { ItemOptions } from './progress.ts'
import { createRate, secondsLeft } from './rate.ts'
import type { Order, Stored } from './stored.ts'
import { scanLocal, uploadItem } from './upload-item.ts'

export interface JobServices {
  readonly links: Links
  readonly prompts: Prompts
  readonly log: Log
  keepLinks(): boolean
}

/** One transfer's life: over any number of connections and, where it is kept, of runs of the app. */
export interface Job {
  readonly state: ReadonlyState<Transfer>
  readonly stored: ReadonlyState<Stored>
  readonly pageFiles: PageFiles | undefined
  /** It has its turn. Returns when it does not run any more. */
  run(): Promise<void>
  pause(): void
  /** To the end of the queue again. False where it runs, or is over. */
  queue(): boolean
  /** The network is back: what waits for its next try does not. */
  hasten(): void
  cancel(): void
}

const PUBLISH_MS = 250
const NOTE_MS = 1_000
const MOST_PROBLEMS = 20

export function newStored(id: string, order: Order, host: string): Stored {
  return { id, order, host, job: randomBytes(3).toString('hex'), begun: false, ledger: {} }
}

export function createJob(first: Stored, phase: TransferPhase, services: JobServices, pageFiles?: PageFiles): Job {
  const { id, order } = first
  const stored = createState(first)
  const state = createState<Transfer>({ ...described(first), id, phase, ...NOTHING_YET })
  const retries = createRetries()
  let attempt = new AbortController()
  let onStop: 'paused' | 'cancelled' = 'paused'

  const change = (changes: Partial<Transfer>) => state.update((current) => ({ ...current, ...changes }))
  const over = () => ['done', 'cancelled'].includes(state.value.phase.kind)
  const ledger: Ledger = {
    job: first.job,
    noteEveryMs: NOTE_MS,
    get: (path) => stored.value.ledger[path],
    set(path, value) {
      const { [path]: _, ...others } = stored.value.ledger
      stored.update((current) => ({ ...current, ledger: value ? { ...others, [path]: value } : others }))
    },
  }

  async function run() {
    attempt = new AbortController()
    onStop = 'paused'
    change({ phase: { kind: 'connecting' }, ...NOTHING_YET, took: state.value.took })
    let link: Link | undefined
    const { begun } = stored.value
    const progress = follow()
    try {
      link = await services.links.lease(order.target, id, attempt.signal)
      if (attempt.signal.aborted) throw cancelled()
      stored.update((current) => ({ ...current, begun: true, host: link?.name ?? current.host }))
      change({ host: link.name, phase: { kind: 'running' } })
      await move(link, progress, begun)
      progress.end()
      const { problems } = state.value
      if (problems.length > 0) throw incomplete(problems, progress.problems())
      change({ phase: { kind: 'done' }, bytes: state.value.total, estimate: false })
    } catch (error) {
      progress.end()
      change({ phase: after(error, begun) })
      if (state.value.phase.kind === 'cancelled') await discard(link)
    } finally {
      link?.release()
      if (over()) pageFiles?.close()
    }
  }

  async function move(link: Link, progress: ReturnType<typeof follow>, resumed: boolean) {
    const { lanes } = link
    const home = (path: string | undefined) => posix.resolve(lanes.first.home, (path ?? '.').replace(/^~(\/|$)/, './'))
    const options: ItemOptions = {
      lanes,
      ledger,
      signal: attempt.signal,
      resumed,
      keepLinks: services.keepLinks(),
      report: progress.report,
      settle: ask,
    }
    if (order.kind === 'download') return downloadItem(home(order.path), order.folder, options)
    const folder = home(order.folder)
    change({ folder: shownName(folder) })
    if (order.kind === 'upload') {
      const single = await fs
        .lstat(onDisk(order.path))
        .then((facts) => facts.isFile())
        .catch(() => true)
      return uploadItem(folder, scanLocal(order.path), { ...options, single })
    }
    if (pageFiles) await uploadItem(folder, pageFiles.scan, { ...options, single: order.files.length === 1 })
  }

  /** What became of it. */
  function after(error: unknown, begun: boolean): TransferPhase {
    if (attempt.signal.aborted) return { kind: onStop }
    if (isCancelled(error)) return { kind: 'cancelled' } // a question was
    const data = toUserError(error, services.log)
    const silent = data.code === 'TRANSFER_SERVER_BROKEN' && data.details.problem === 'silent'
    if (!begun && !state.value.bytes && !silent && data.code !== 'CONNECTION_LOST') return { kind: 'failed', error: data }
    const retryAt = retries.mayPass(data) || silent ? retries.schedule(() => again()) : undefined
    return retryAt ? { kind: 'waiting', error: data, retryAt } : { kind: 'failed', error: data }
  }
  function again() {
    if (state.value.phase.kind === 'waiting') change({ phase: { kind: 'queued' } })
  }

  let asking: Promise<unknown> = Promise.resolve()
  /** One question at a time, so that an answer for all is one for those that wait. */
  function ask(conflict: Conflict): Promise<Settled> {
    const asked = asking.then(async () => {
      const { rule } = stored.value
      if (rule) return settle(rule, conflict)
      const { name } = conflict
      change({ phase: { kind: 'asking' } })
      const facts = ({ size, mtime }: Conflict['source']) => ({ size, modified: new Date(mtime * 1000).toISOString() })
      const question = {
        source: facts(conflict.source),
        existing: facts(conflict.target),
        several: state.value.files > 1 || state.value.estimate,
      }
      const direction = order.kind === 'download' ? ('download' as const) : ('upload' as const)
      const answer = await services.prompts.ask({ kind: 'transfer-conflict', name, direction, ...question }, { signal: attempt.signal })
      change({ phase: { kind: 'running' } })
      if (answer.kind !== 'conflict') throw cancelled()
      if (answer.forAll) stored.update((current) => ({ ...current, rule: answer.rule }))
      return settle(answer.rule, conflict)
    })
    asking = asked.catch(() => undefined)
    return asked
  }

  /** Adds up what is told and says it a few times a second. */
  function follow() {
    const sums = { bytes: 0, total: 0, files: 0, filesDone: 0, skipped: 0, estimate: true }
    const problems: UserErrorData[] = []
    let problemCount = 0
    const rate = createRate()
    const startedAt = performance.now()
    const before = state.value.took
    const publish = () => {
      const now = performance.now()
      rate.add(sums.bytes, now)
      const left = secondsLeft(sums.bytes, sums.total, rate.value, sums.estimate)
      const { rate: _, secondsLeft: __, ...rest } = state.value
      state.set({
        ...rest,
        ...sums,
        problems: [...problems],
        took: before + now - startedAt,
        ...(rate.value === undefined ? {} : { rate: rate.value }),
        ...(left === undefined ? {} : { secondsLeft: left }),
      })
    }
    const timer = setInterval(publish, PUBLISH_MS)
    const report: ItemOptions['report'] = {
      found(files, bytes) {
        sums.files += files
        sums.total += bytes
      },
      scanned: () => {
        sums.estimate = false
      },
      bytes: (count) => {
        if (count > 0) retries.reset()
        sums.bytes += count
      },
      fileDone: () => {
        sums.filesDone += 1
      },
      failed(error) {
        problemCount += 1
        if (problems.length < MOST_PROBLEMS) problems.push(error)
      },
      skipped: () => {
        sums.skipped += 1
      },
    }
    return {
      report,
      problems: () => problemCount,
      end() {
        clearInterval(timer)
        publish()
        const { rate: _, secondsLeft: __, ...rest } = state.value
        state.set(rest)
      },
    }
  }

  /** What is unfinished, where it can be reached without asking anybody. */
  async function discard(link: Link | undefined) {
    for (const path of Object.keys(stored.value.ledger)) {
      if (order.kind === 'download') await fs.unlink(onDisk(partOf(path, ledger))).catch(() => undefined)
      else await link?.lanes.first.remove(partOf(path, ledger)).catch(() => undefined)
      ledger.set(path, undefined)
    }
  }

  /** Of one that does not run. What lies on the host is removed when the host can be reached without asking anybody. */
  async function discardApart() {
    const begun = order.kind !== 'download' && Object.keys(stored.value.ledger).length > 0
    const link = begun ? await services.links.leaseUnasked(order.target, `${id}/discard`).catch(() => undefined) : undefined
    await discard(link)
    link?.release()
  }

  return {
    state,
    stored,
    pageFiles,
    run,
    pause() {
      const { kind } = state.value.phase
      onStop = 'paused'
      retries.reset()
      if (kind === 'queued' || kind === 'waiting') change({ phase: { kind: 'paused' } })
      else attempt.abort()
    },
    queue() {
      const { kind } = state.value.phase
      if (kind !== 'paused' && kind !== 'failed' && kind !== 'waiting') return false
      retries.reset()
      change({ phase: { kind: 'queued' } })
      return true
    },
    hasten: retries.hasten,
    cancel() {
      if (over()) return
      const { kind } = state.value.phase
      onStop = 'cancelled'
      retries.reset()
      attempt.abort()
      if (kind === 'connecting' || kind === 'running' || kind === 'asking') return
      change({ phase: { kind: 'cancelled' } })
      pageFiles?.close()
      void discardApart()
    },
  }
}

const NOTHING_YET = { bytes: 0, total: 0, estimate: true, files: 0, filesDone: 0, skipped: 0, problems: [], took: 0 }

function described({ order, host }: Stored): Pick<Transfer, 'direction' | 'name' | 'count' | 'host' | 'folder' | 'byBrowser'> {
  const common = { host, byBrowser: false, count: 1 }
  if (order.kind === 'download') {
    return { ...common, direction: 'download', name: shownName(posix.basename(order.path)), folder: shownName(basename(order.folder)) }
  }
  const folder = shownName(order.folder ?? '~')
  if (order.kind === 'upload') return { ...common, direction: 'upload', name: shownName(basename(order.path)), folder }
  const roots = [...new Set(order.files.map(({ path }) => path.split('/')[0] ?? path))]
  return { ...common, direction: 'upload', name: shownName(roots[0] ?? ''), count: roots.length, folder }
}
