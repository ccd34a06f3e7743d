import { randomBytes } from 'node:crypto'
import { promises as fs } from 'node:fs'
import { posix } from 'node:path'
import type { Transfer, TransferPhase } from '../../contract/models/transfer.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { createRetries } from '../terminals/retries.ts'
import { cancelled, isCancelled, toUserError } from '../user-error.ts'
import type { Link, Move, MoveHooks } from './carrier/carrier.ts'
import { handOver } from './carrier/port-calls.ts'
import { createConflictQuestion } from './conflict-question.ts'
import { incomplete } from './failures.ts'
import { partOf, type Unfinished } from './ledger.ts'
import { type Links, lostWith } from './links.ts'
import { shownName } from './names.ts'
import { onDisk } from './on-disk.ts'
import type { PageFiles } from './page-files.ts'
import { hostOf, type Order, type Stored } from './stored.ts'
import { createTelling, described, NOTHING_YET, standing } from './told.ts'

export interface JobServices {
  readonly links: Links
  readonly prompts: Prompts
  readonly log: Log
  keepLinks(): boolean
  wishTar(): MoveHooks['wishTar']
  setWishTar(wish: MoveHooks['wishTar']): void
}

/** One transfer's life: over any number of connections and workers and, where it is kept, of runs of the app. */
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

export function newStored(id: string, order: Order, host: string): Stored {
  return { id, order, host, job: randomBytes(3).toString('hex'), begun: false, ledger: {} }
}

export function createJob(first: Stored, phase: TransferPhase, services: JobServices, pageFiles?: PageFiles): Job {
  const { id, order, job } = first
  const stored = createState(first)
  const state = createState<Transfer>({ ...described(first), id, phase, ...NOTHING_YET })
  const retries = createRetries()
  let attempt = new AbortController()
  let onStop: 'paused' | 'cancelled' = 'paused'

  const change = (changes: Partial<Transfer>) => state.update((current) => ({ ...current, ...changes }))
  const over = () => ['done', 'cancelled'].includes(state.value.phase.kind)
  const settle = createConflictQuestion({
    prompts: services.prompts,
    direction: order.kind === 'download' ? 'download' : 'upload',
    several: () => state.value.files > 1 || state.value.estimate,
    rule: () => stored.value.rule,
    remember: (rule) => stored.update((current) => ({ ...current, rule })),
    asking: (asks) => change({ phase: { kind: asks ? 'asking' : 'running' } }),
  })

  function note(path: string, value: Unfinished | undefined) {
    const { [path]: _, ...others } = stored.value.ledger
    stored.update((current) => ({ ...current, ledger: value ? { ...others, [path]: value } : others }))
  }

  async function run() {
    attempt = new AbortController()
    onStop = 'paused'
    change({ phase: { kind: 'connecting' }, ...NOTHING_YET, took: state.value.took })
    let link: Link | undefined
    const { begun } = stored.value
    try {
      link = await services.links.lease(hostOf(order), id, attempt.signal)
      if (attempt.signal.aborted) throw cancelled()
      const { name } = link
      stored.update((current) => ({ ...current, begun: true, host: name }))
      change({ ...(order.kind === 'relay' ? {} : { host: name }), phase: { kind: 'running' } })
      await move(link, begun)
      change({ phase: { kind: 'done' }, bytes: state.value.total, estimate: false })
    } catch (error) {
      change({ phase: after(lostWith(error, state.value.host), begun) })
      if (state.value.phase.kind === 'cancelled') await discard(link)
    } finally {
      void link?.release().catch(() => undefined)
      if (over()) pageFiles?.close()
    }
  }

  async function move(link: Link, resumed: boolean) {
    const home = (path: string | undefined) => posix.resolve(link.home, (path ?? '.').replace(/^~(\/|$)/, './'))
    const tell = createTelling(state.value.took)
    const over = new AbortController()
    let problemCount = 0
    const hooks: MoveHooks = {
      ...{ job, note, resumed },
      unfinished: stored.value.ledger,
      signal: attempt.signal,
      keepLinks: services.keepLinks(),
      wishTar: stored.value.tar ?? services.wishTar(),
      askTar: () => askTar(link.name, AbortSignal.any([attempt.signal, over.signal])),
      settle: (conflict) => settle(conflict, attempt.signal),
      cameFrom(host) {
        if (order.kind === 'relay') stored.update((current) => ({ ...current, order: { ...order, from: { ...order.from, host } } }))
        change({ host })
      },
      progress(sums) {
        if (sums.bytes > 0) retries.reset()
        problemCount = sums.problemCount
        change(tell(sums))
      },
    }
    try {
      await link.move(await whatToMove(link, home), hooks)
    } finally {
      over.abort()
      state.update(standing)
    }
    const { problems } = state.value
    if (problems.length > 0) throw incomplete(problems, problemCount)
  }

  /** Files go on by SFTP until it is answered. What is cancelled is no. */
  async function askTar(host: string, signal: AbortSignal): Promise<boolean> {
    const { asRoot = false } = order
    const answer = await services.prompts
      .ask({ kind: 'transfer-tar', name: state.value.name, host, asRoot }, { signal })
      .catch(() => undefined)
    if (signal.aborted) return false
    const tar = answer?.kind === 'tar' && answer.use ? 'always' : 'never'
    stored.update((current) => ({ ...current, tar }))
    if (answer?.kind === 'tar' && answer.always) services.setWishTar(tar)
    return tar === 'always'
  }

  async function whatToMove(link: Link, home: (path: string | undefined) => string): Promise<Move> {
    if (order.kind === 'download')
      return { kind: 'download', path: home(order.path), folder: order.folder, removes: order.removes === true }
    const folder = home(order.folder)
    if (order.kind === 'relay') {
      change({ folder: shownName(`${link.name}:${folder}`) })
      const { path, removes } = order
      return { kind: 'relay', from: hostOf(order.from), id, path, folder, removes }
    }
    change({ folder: shownName(folder) })
    if (order.kind === 'upload') return { kind: 'upload', path: order.path, folder, removes: order.removes === true }
    await pageFiles?.arrived()
    return {
      ...{ kind: 'page-upload', files: order.files, folder },
      async read(request) {
        const bytes = (await pageFiles?.read(request)) ?? new Uint8Array()
        return handOver(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      },
    }
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

  /** What is unfinished, where it can be reached without asking anybody. */
  async function discard(link: Link | undefined) {
    const parts = Object.keys(stored.value.ledger).map((path) => partOf(path, { job }))
    if (order.kind === 'download') for (const part of parts) await fs.unlink(onDisk(part)).catch(() => undefined)
    else await link?.remove(parts).catch(() => undefined)
    stored.update((current) => ({ ...current, ledger: {} }))
  }

  /** Of one that does not run. What lies on the host is removed when the host can be reached without asking anybody. */
  async function discardApart() {
    const begun = order.kind !== 'download' && Object.keys(stored.value.ledger).length > 0
    const link = begun ? await services.links.leaseUnasked(hostOf(order), `${id}/discard`).catch(() => undefined) : undefined
    await discard(link)
    await link?.release().catch(() => undefined)
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
