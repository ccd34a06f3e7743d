import { promises as fs } from 'node:fs'
import { downloadItem } from '../download-item.ts'
import type { Lanes } from '../lanes.ts'
import type { Ledger, Unfinished } from '../ledger.ts'
import { onDisk } from '../on-disk.ts'
import type { ItemOptions } from '../progress.ts'
import { scanLocal, uploadItem } from '../upload-item.ts'
import type { Move, MoveHooks } from './carrier.ts'
import { scanPage } from './page-source.ts'
import { telling } from './sums.ts'

const NOTE_MS = 1_000

/** One transfer over open channels, to its end. Throws UserError. */
export function move(what: Move, lanes: Lanes, hooks: MoveHooks): Promise<void> {
  const { signal, resumed, keepLinks, settle } = hooks
  return telling(hooks.progress, async (report) => {
    const options: ItemOptions = { lanes, ledger: ledgerOf(hooks), signal, resumed, keepLinks, settle, report }
    switch (what.kind) {
      case 'download':
        return downloadItem(what.path, what.folder, options)
      case 'upload': {
        const single = await fs
          .lstat(onDisk(what.path))
          .then((facts) => facts.isFile())
          .catch(() => true)
        return uploadItem(what.folder, scanLocal(what.path), { ...options, single })
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
