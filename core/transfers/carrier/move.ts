import { promises as fs } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { downloadItem } from '../download-item.ts'
import type { Lanes } from '../lanes.ts'
import type { Ledger, Unfinished } from '../ledger.ts'
import { createMoving, refuseOntoThisComputer, thisComputer } from '../moving.ts'
import { onDisk } from '../on-disk.ts'
import type { ItemOptions } from '../progress.ts'
import { relayItem } from '../relay.ts'
import { createTarLane } from '../tar-lane.ts'
import { movedFrom, scanLocal, uploadItem } from '../upload-item.ts'
import type { Host, Move, MoveHooks } from './carrier.ts'
import type { LeasedLanes } from './links.ts'
import { scanPage } from './page-source.ts'
import { telling } from './sums.ts'

const NOTE_MS = 1_000

/** Where the host that a transfer comes from is reached. */
export type LeaseLanes = (host: Host, id: string, signal: AbortSignal) => Promise<LeasedLanes>

/** One transfer over open channels, to its end. Throws UserError. */
export function move(what: Move, lanes: Lanes, hooks: MoveHooks, lease: LeaseLanes): Promise<void> {
  const { signal, resumed, keepLinks, settle, wishTar: wish, askTar: ask } = hooks
  return telling(hooks.progress, async (report) => {
    const within = what.kind === 'download' ? posix.dirname(what.path) : what.folder
    const tar = createTarLane({ lanes, folder: within, signal, wish, ask, tell: report.tar })
    const options: ItemOptions = { lanes, ledger: ledgerOf(hooks), signal, tar, resumed, keepLinks, settle, report }
    switch (what.kind) {
      case 'download': {
        if (!what.removes) return downloadItem(what.path, what.folder, options)
        await refuseOntoThisComputer('download', what.path, what.folder, options)
        const moving = createMoving(options)
        await downloadItem(what.path, what.folder, moving.options, moving.note)
        return moving.removeFrom(lanes.first)
      }
      case 'upload': {
        const single = await fs
          .lstat(onDisk(what.path))
          .then((facts) => facts.isFile())
          .catch(() => true)
        if (!what.removes) return uploadItem(what.folder, scanLocal(what.path), { ...options, single })
        await refuseOntoThisComputer('upload', what.path, what.folder, options)
        const moving = createMoving(options)
        const scan = movedFrom(scanLocal(what.path), dirname(what.path), join, moving.note)
        await uploadItem(what.folder, scan, { ...moving.options, single })
        return moving.removeFrom(thisComputer)
      }
      case 'relay': {
        const source = await lease(what.from, what.id, signal)
        hooks.cameFrom(source.name)
        return relayItem({ ...what, path: posix.resolve(source.lanes.first.home, what.path), source: source.lanes }, options).finally(
          source.release,
        )
      }
      case 'page-upload':
        return uploadItem(what.folder, scanPage(what.files, what.read), { ...options, single: what.files.length === 1 })
    }
  })
}

/** What is noted here is on its way to the core at once. */
function ledgerOf({ job, unfinished, note }: MoveHooks): Ledger {
  const entries = new Map<string, Unfinished>(Object.entries(unfinished))
  return {
    job,
    noteEveryMs: NOTE_MS,
    get: (path) => entries.get(path),
    set(path, value) {
      // Most files are moved at once and never noted.
      if (value) entries.set(path, value)
      else if (!entries.delete(path)) return
      note(path, value)
    },
  }
}
