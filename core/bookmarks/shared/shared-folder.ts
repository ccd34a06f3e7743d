import { type FSWatcher, watch } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { UserErrorData } from '../../../contract/errors.ts'
import { noSharedFolder, type SharedFolderState, type sharedFolderLook } from '../../../contract/models/shared-folder.ts'
import { createState, type ReadonlyState } from '../../state.ts'
import { openStore } from '../../store/store.ts'
import { UserError } from '../../user-error.ts'
import type { Bookmarks } from '../bookmarks.ts'
import type { Versions } from '../versions.ts'
import { answered } from './merge.ts'
import { type Memory, type Plan, planSync } from './plan.ts'
import { toItem } from './record.ts'
import { type Scan, type ScannedFile, scanFolder } from './scan.ts'
import { problemOf, usableFolder } from './usable-folder.ts'
import { putFile, removeFile } from './write.ts'

export interface SharedFolder {
  readonly state: ReadonlyState<SharedFolderState>
  readonly problem: UserErrorData | undefined
  /** As in the contract. Throws UserError SHARED_FOLDER_UNUSABLE. */
  look(path: string): Promise<z.infer<typeof sharedFolderLook>>
  join(path: string): Promise<void>
  leave(): void
  resolve(id: string, take: Readonly<Record<string, 'here' | 'there'>>): void
  settle(ids: readonly string[], what: 'keep' | 'remove'): void
  close(): void
}

interface Options {
  readonly dataFolder: string
  readonly homeFolder: string
  readonly bookmarks: Bookmarks
  readonly versions: Versions
  readonly log: { error(details: object, text: string): void }
}

const fields = z.record(z.string(), z.unknown())
const stored = z.object({ folder: z.string().optional(), seen: z.record(z.string(), fields), removed: z.array(z.string()) })
type StoredMemory = Memory & { readonly folder?: string | undefined }
const NOTHING: Memory = { seen: {}, removed: [] }
/** A sync tool writes many files at once. */
const GATHER_MS = 200
/** Network drives and some sync tools tell nobody of what they change. */
const LOOK_AGAIN_MS = 15_000

/** The person's bookmarks in a folder of theirs too, a file each: what is changed on either side is merged, and nothing is lost by it. */
export function openSharedFolder({ dataFolder, homeFolder, bookmarks, versions, log }: Options): SharedFolder {
  const store = openStore<StoredMemory>({
    folder: dataFolder,
    name: 'shared-folder',
    schema: stored,
    defaults: { seen: {}, removed: [] },
  })
  const state = createState<SharedFolderState>({ ...noSharedFolder, ...folderOf(store.state.value.folder) })
  let files: ReadonlyMap<string, ScannedFile> = new Map()
  let plan: Plan | undefined
  let scan: Scan | undefined
  let watcher: FSWatcher | undefined
  let timer: NodeJS.Timeout | undefined
  let running = false
  let again = false
  let closed = false
  let before = bookmarks.state.value

  const forgetting = bookmarks.state.subscribe((now) => {
    const { seen, removed } = store.state.value
    const present = new Set([...now.bookmarks, ...now.folders].map(({ id }) => id))
    const lost = [...before.bookmarks, ...before.folders].map(({ id }) => id).filter((id) => !present.has(id) && seen[id])
    before = now
    if (store.state.value.folder === undefined) return
    if (lost.length > 0) remember({ seen, removed: [...new Set([...removed, ...lost])] })
    soon()
  })
  const regular = setInterval(() => soon(), LOOK_AGAIN_MS).unref()

  function remember(memory: Memory) {
    const { seen, removed } = store.state.value
    if (isDeepStrictEqual({ seen, removed }, memory)) return
    store.state.set({ ...folderOf(store.state.value.folder), ...memory })
  }
  function tell(told: Partial<SharedFolderState>) {
    const { problem: _, ...rest } = state.value
    const next = { ...rest, ...told }
    if (!isDeepStrictEqual(next, state.value)) state.set(next)
  }
  function soon() {
    if (closed || store.state.value.folder === undefined) return
    again = true
    timer ??= setTimeout(() => {
      timer = undefined
      void sync()
    }, GATHER_MS)
  }

  async function sync(): Promise<void> {
    if (running) return
    running = true
    try {
      while (again && !closed) {
        again = false
        await round()
      }
    } finally {
      running = false
    }
  }
  async function round(): Promise<void> {
    const { folder } = store.state.value
    if (folder === undefined) return
    try {
      follow(folder)
      const looked = await scanFolder(folder, files)
      if (closed || store.state.value.folder !== folder) return
      files = looked.files
      scan = looked
      const next = planSync(bookmarks.state.value, store.state.value, looked)
      plan = next
      // This computer first: what was seen is only remembered once it is here.
      if (next.tree.bookmarks !== bookmarks.state.value.bookmarks || next.tree.folders !== bookmarks.state.value.folders) {
        bookmarks.change(() => ({ bookmarks: next.tree.bookmarks, folders: next.tree.folders }))
      }
      remember(next.memory)
      await carryOut(folder, next)
      tell(next.told)
    } catch (error) {
      stopFollowing()
      log.error({ err: error }, 'the shared folder could not be synchronised')
      plan = undefined
      tell({ ...noSharedFolder, problem: problemOf(error) })
    }
  }
  /** Each file only if nobody has written it since the look; otherwise it is looked at again. */
  async function carryOut(folder: string, { writes, deletes }: Plan): Promise<void> {
    const written: Record<string, Memory['seen'][string]> = {}
    const deleted: string[] = []
    try {
      for (const { record, expected } of writes) {
        if (await putFile(folder, record, expected)) written[record.id] = record.fields
        else soon()
      }
      for (const { record, expected } of deletes) {
        if (await removeFile(folder, record, expected)) deleted.push(record.id)
        else soon()
      }
    } finally {
      const { seen, removed } = store.state.value
      const left = Object.entries({ ...seen, ...written }).filter(([id]) => !deleted.includes(id))
      if (store.state.value.folder === folder)
        remember({ seen: Object.fromEntries(left), removed: removed.filter((id) => !deleted.includes(id)) })
    }
  }
  function follow(folder: string) {
    if (watcher) return
    watcher = watch(folder, { persistent: false }, soon)
    watcher.on('error', stopFollowing)
  }
  function stopFollowing() {
    watcher?.close()
    watcher = undefined
  }
  /** Another folder, or none. What was seen in the last one says nothing of it. */
  function use(folder: string | undefined) {
    stopFollowing()
    files = new Map()
    plan = undefined
    scan = undefined
    store.state.set({ ...folderOf(folder), ...NOTHING })
    state.set({ ...noSharedFolder, ...folderOf(folder) })
    soon()
  }

  soon()
  return {
    state,
    problem: store.problem,
    async look(typed) {
      const path = await usableFolder(typed, homeFolder)
      const { told, writes, decisions } = planSync(bookmarks.state.value, NOTHING, await scanFolder(path, new Map()))
      const added = [...decisions.values()].filter(({ kind }) => kind === 'add').length
      return { path, written: writes.length, added, different: told.conflicts.length, leftAlone: told.leftAlone.length }
    },
    async join(typed) {
      use(await usableFolder(typed, homeFolder))
    },
    leave: () => use(undefined),
    resolve(id, take) {
      const decision = plan?.decisions.get(id)
      if (decision?.kind !== 'conflict') throw new UserError('NOT_FOUND', { what: 'conflict' })
      if (decision.fields.some(({ field }) => !take[field])) throw new UserError('INVALID_INPUT', { field: 'take', problem: 'missing' })
      const there = scan?.records.get(id)?.record
      // What the folder loses is kept as an earlier version; what is lost here becomes one by itself.
      if (there && decision.fields.some(({ field }) => take[field] === 'here')) versions.keep(toItem(there, itemOf(id)))
      const { seen, removed } = store.state.value
      remember({ seen: { ...seen, [id]: answered(seen[id], decision, take) }, removed })
      soon()
    },
    settle(ids, what) {
      const { seen, removed } = store.state.value
      const kind = (id: string) => plan?.decisions.get(id)?.kind
      const gone = ids.filter((id) => kind(id) === 'gone')
      const deleted = ids.filter((id) => kind(id) === 'removed')
      if (what === 'keep') {
        // As if it had never been seen: what is only here is written, and what is only there is added.
        const left = Object.entries(seen).filter(([id]) => !gone.includes(id) && !deleted.includes(id))
        remember({ seen: Object.fromEntries(left), removed: removed.filter((id) => !deleted.includes(id)) })
      } else {
        const there = deleted.flatMap((id) => scan?.records.get(id)?.record ?? [])
        for (const record of there) versions.keep(toItem(record))
        remember({ seen: { ...seen, ...Object.fromEntries(there.map(({ id, fields }) => [id, fields])) }, removed })
        removeHere(gone)
      }
      soon()
    },
    close() {
      closed = true
      clearInterval(regular)
      clearTimeout(timer)
      stopFollowing()
      forgetting()
    },
  }

  function itemOf(id: string) {
    const { bookmarks: items, folders } = bookmarks.state.value
    return [...items, ...folders].find((item) => item.id === id)
  }
  /** A folder that holds something else still stays, and goes back into the shared one. */
  function removeHere(ids: readonly string[]) {
    bookmarks.change((tree) => {
      const items = tree.bookmarks.filter(({ id }) => !ids.includes(id))
      let { folders } = tree
      for (let count = -1; count !== folders.length; ) {
        count = folders.length
        const used = new Set([...items, ...folders].map(({ folderId }) => folderId))
        folders = folders.filter(({ id }) => !ids.includes(id) || used.has(id))
      }
      return { bookmarks: items, folders }
    })
    const stayed = ids.filter((id) => itemOf(id))
    if (stayed.length === 0) return
    const { seen, removed } = store.state.value
    remember({ seen: Object.fromEntries(Object.entries(seen).filter(([id]) => !stayed.includes(id))), removed })
  }
}

function folderOf(folder: string | undefined): { folder?: string } {
  return folder === undefined ? {} : { folder }
}
