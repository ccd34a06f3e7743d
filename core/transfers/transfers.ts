import { randomUUID } from 'node:crypto'
import type { UserErrorData } from '../../contract/errors.ts'
import type { LocalPlace } from '../../contract/models/local-folder.ts'
import type { Settings } from '../../contract/models/settings.ts'
import type { PageFile, Transfer } from '../../contract/models/transfer.ts'
import type { Port } from '../../contract/port.ts'
import type { CoreHost } from '../host.ts'
import type { LocalFolders } from '../local-files/folders.ts'
import { inside } from '../local-files/inside.ts'
import type { Prompts } from '../prompts/prompts.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import { type BrowserDownload, createBrowserDownloads } from './browser-downloads.ts'
import type { Host } from './carrier/carrier.ts'
import { transferError } from './failures.ts'
import { createJob, type Job, newStored } from './job.ts'
import { createLinks, type LinkServices } from './links.ts'
import { createPageFiles, type PageFiles } from './page-files.ts'
import { type Order, openStoredQueue } from './stored.ts'

export interface Transfers {
  readonly state: ReadonlyState<Transfer[]>
  /** STORE_DAMAGED or STORE_NOT_WRITABLE, found at start. */
  readonly problem: UserErrorData | undefined
  /** `into`: an opened folder of this computer; else the person is asked, or the browser saves. `removes`: what has arrived is removed on the host. */
  download(host: Host, paths: readonly string[], into?: LocalPlace, removes?: boolean): Promise<{ ids: string[]; links: string[] }>
  upload(host: Host, folder: string | undefined, files: PageFile[]): string
  uploadChosen(host: Host, folder: string | undefined, what: 'file' | 'folder'): Promise<string[]>
  /** From an opened folder of this computer; `removes`: what has arrived is removed there. */
  uploadLocal(
    from: { readonly folderId: string; readonly paths: readonly string[] },
    to: Host,
    folder: string,
    removes: boolean,
  ): Promise<string[]>
  /** From one host to another; `removes`: what has arrived is removed where it came from. */
  relay(from: Host, paths: readonly string[], to: Host, folder: string, removes: boolean): string[]
  /** Each throws UserError NOT_FOUND for one that is not in the list. */
  pause(id: string): void
  /** The network is back: open connections have to answer, and what waits for its next try does not. */
  hasten(): void
  resume(id: string): void
  cancel(id: string): void
  /** Before all others that wait for their turn. */
  next(id: string): void
  clear(id?: string): void
  /** The page that has the files of an upload. False when there is no such upload. */
  attach(id: string, port: Port): boolean
  /** For the browser; once for each address. Undefined when there is no such download. Throws UserError. */
  openDownload(token: string): Promise<BrowserDownload | undefined>
  close(): void
}

/** Until it is found out. */
function nameOf({ target }: Pick<Host, 'target'>): string {
  return target.kind === 'host' ? target.host : target.ref.instanceId
}

/** One fills a network; the second goes on while the first asks something, or walks through folders. */
const MOST_RUNNING = 2
const OVER = new Set<Transfer['phase']['kind']>(['done', 'failed', 'cancelled'])

interface TransferServices extends Omit<LinkServices, 'rate' | 'prompts' | 'carrierEntry'> {
  readonly folder: string
  readonly host: CoreHost
  readonly prompts: Prompts
  readonly localFolders: LocalFolders
  readonly settings: ReadonlyState<Settings>
  changeSettings(changed: Pick<Settings, 'transferTar'>): void
}

export function createTransfers(given: TransferServices): Transfers {
  const { host, folder, localFolders, log, settings } = given
  const services = {
    ...given,
    carrierEntry: host.carrierEntry,
    rate: () => settings.value.transferRate,
    keepLinks: () => settings.value.transferLinks,
    wishTar: () => settings.value.transferTar,
    setWishTar: (transferTar: Settings['transferTar']) => given.changeSettings({ transferTar }),
  }
  const store = openStoredQueue(folder)
  const links = createLinks(services)
  const endLimits = settings.subscribe(links.limit)
  const jobs = new Map<string, Job>()
  const running = new Set<Job>()
  /** When each was asked for, among all there ever were. */
  const turns = new Map<string, number>()
  const state = createState<Transfer[]>([])
  const byBrowser = createBrowserDownloads({ links, log, changed: publish })
  let closed = false

  function publish() {
    if (closed) return
    const all = [...[...jobs.values()].map((job) => job.state.value), ...byBrowser.list()]
    for (const { id } of all) if (!turns.has(id)) turns.set(id, turns.size)
    state.set(all.sort((one, other) => (turns.get(one.id) ?? 0) - (turns.get(other.id) ?? 0)))
  }
  function inTurn(): Job[] {
    const turn = (job: Job) => turns.get(job.state.value.id) ?? 0
    return [...jobs.values()].sort((one, other) => turn(one) - turn(other))
  }
  function keep() {
    if (closed) return
    const transfers = inTurn().filter(({ state: { value } }) => value.phase.kind !== 'done' && value.phase.kind !== 'cancelled')
    try {
      store.state.set({ transfers: transfers.map((job) => job.stored.value) })
    } catch (error) {
      log.warn({ err: error }, 'the transfers could not be written down') // they go on all the same
    }
  }
  function start() {
    for (const job of inTurn()) {
      if (running.size >= MOST_RUNNING || closed) return
      if (running.has(job) || job.state.value.phase.kind !== 'queued') continue
      running.add(job)
      void job.run().finally(() => {
        running.delete(job)
        start()
      })
    }
  }
  function add(job: Job): string {
    const { id } = job.state.value
    jobs.set(id, job)
    let { kind } = job.state.value.phase
    job.state.subscribe(({ phase }) => {
      publish()
      if (phase.kind === kind) return
      kind = phase.kind
      keep()
      if (kind === 'queued') start()
    })
    job.stored.subscribe(keep)
    publish()
    keep()
    start()
    return id
  }
  function order(what: Order, pageFiles?: PageFiles): string {
    return add(createJob(newStored(randomUUID(), what, nameOf(what)), { kind: 'queued' }, { ...services, links }, pageFiles))
  }
  function find(id: string): Job {
    const job = jobs.get(id)
    if (!job) throw new UserError('NOT_FOUND', { what: 'transfer' })
    return job
  }

  for (const kept of store.state.value.transfers) {
    const error = { code: 'TRANSFER_PAGE_GONE', details: { name: '' } } as const
    const name = kept.order.kind === 'page-upload' ? (kept.order.files[0]?.path ?? '') : ''
    const phase =
      kept.order.kind === 'page-upload' ? { kind: 'failed' as const, error: { ...error, details: { name } } } : { kind: 'paused' as const }
    add(createJob(kept, phase, { ...services, links }))
  }

  return {
    state,
    problem: store.problem,
    async download({ target, asRoot }, paths, into, removes = false) {
      if (into) {
        const folder = await inside(localFolders.pathOf(into.folderId), into.path, 'end').catch((error) =>
          Promise.reject(transferError(error, into.path)),
        )
        return { ids: paths.map((path) => order({ kind: 'download', target, asRoot, path, folder, removes })), links: [] }
      }
      if (!host.chooseFiles) return byBrowser.offer({ target, asRoot }, paths)
      const [chosen] = await host.chooseFiles('folder')
      if (!chosen) return { ids: [], links: [] }
      return { ids: paths.map((path) => order({ kind: 'download', target, asRoot, path, folder: chosen })), links: [] }
    },
    upload({ target, asRoot }, to, files) {
      const what: Order = { kind: 'page-upload', target, asRoot, files, ...(to ? { folder: to } : {}) }
      // The same files again, after the page was reloaded: it goes on where that stopped.
      const same = [...jobs.values()].find(
        (job) => job.state.value.phase.kind === 'failed' && JSON.stringify(job.stored.value.order) === JSON.stringify(what),
      )
      const pageFiles = createPageFiles(files)
      if (!same) return order(what, pageFiles)
      const again = { ...same.stored.value, id: randomUUID() }
      jobs.delete(same.state.value.id)
      return add(createJob(again, { kind: 'queued' }, { ...services, links }, pageFiles))
    },
    async uploadChosen({ target, asRoot }, to, what) {
      const paths = (await host.chooseFiles?.(what)) ?? []
      return paths.map((path) => order({ kind: 'upload', target, asRoot, path, ...(to ? { folder: to } : {}) }))
    },
    async uploadLocal({ folderId, paths }, { target, asRoot }, folder, removes) {
      const opened = localFolders.pathOf(folderId)
      const found = await Promise.all(
        paths.map((path) => inside(opened, path, 'entry').catch((error) => Promise.reject(transferError(error, path)))),
      )
      return found.map((path) => order({ kind: 'upload', target, asRoot, path, folder, removes }))
    },
    relay(from, paths, to, folder, removes) {
      const name = nameOf(from)
      return paths.map((path) => order({ kind: 'relay', ...to, from: { ...from, host: name }, path, folder, removes }))
    },
    pause: (id) => find(id).pause(),
    resume: (id) => void find(id).queue(),
    hasten() {
      links.prove()
      for (const job of jobs.values()) job.hasten()
    },
    cancel(id) {
      if (!byBrowser.cancel(id)) find(id).cancel()
    },
    next(id) {
      const queued = inTurn().filter((job) => job.state.value.phase.kind === 'queued')
      const first = queued[0]
      const job = find(id)
      if (!first || first === job || !queued.includes(job)) return
      const ids = [...turns.keys()].sort((one, other) => (turns.get(one) ?? 0) - (turns.get(other) ?? 0)).filter((each) => each !== id)
      ids.splice(ids.indexOf(first.state.value.id), 0, id)
      for (const [turn, each] of ids.entries()) turns.set(each, turn)
      publish()
      keep()
    },
    clear(id) {
      for (const [key, job] of jobs) {
        if ((id === undefined || id === key) && OVER.has(job.state.value.phase.kind)) {
          // What failed and is cleared is not gone on with: nothing of it stays behind.
          job.cancel()
          jobs.delete(key)
        }
      }
      byBrowser.clear(id)
      publish()
      keep()
    },
    attach(id, port) {
      const files = jobs.get(id)?.pageFiles
      files?.attach(port)
      return files !== undefined
    },
    openDownload: byBrowser.open,
    close() {
      // What was running is found again, paused, at the next start.
      closed = true
      for (const job of jobs.values()) if (!OVER.has(job.state.value.phase.kind)) job.pause()
      byBrowser.close()
      endLimits()
      links.closeAll()
      store.close()
    },
  }
}
