import type { Draft } from '../../contract/models/text-file.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'

/** After the last key: what was typed is on the disk before its writer has looked up. */
const PAUSE_MS = 400
/** Nobody types a minute without a pause, but a held key does. */
const LONGEST_MS = 3_000
const UNTIL_CORE_IS_BACK_MS = 1_000

export interface DraftKeeper {
  keepSoon(): void
  /** What an earlier page had the core keep. */
  adopt(id: string): void
  /** It was saved, or thrown away. */
  forget(): void
  dispose(): void
}

/** Has the core keep unsaved work, as it is when its turn comes. */
export function createDraftKeeper(current: () => Draft): DraftKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitingSince = 0
  let wanted = false
  let keptAs: string | undefined
  /** One call after the other: what is forgotten does not come back, and what came after it is not forgotten. */
  let last: Promise<unknown> = Promise.resolve()

  function keep() {
    cancel()
    if (useLive.getState().connection !== 'up') timer = setTimeout(keep, UNTIL_CORE_IS_BACK_MS)
    else
      last = last.then(async () => {
        if (wanted) keptAs = (await attempt(() => api.editor.drafts.keep(current())))?.id ?? keptAs
      })
  }
  function cancel() {
    clearTimeout(timer)
    timer = undefined
  }
  // The page may be about to go away.
  const atOnce = () => {
    if (timer !== undefined) keep()
  }
  window.addEventListener('pagehide', atOnce)
  document.addEventListener('visibilitychange', atOnce)

  return {
    keepSoon() {
      wanted = true
      if (timer === undefined) waitingSince = Date.now()
      clearTimeout(timer)
      timer = setTimeout(keep, Math.max(0, Math.min(PAUSE_MS, waitingSince + LONGEST_MS - Date.now())))
    },
    adopt(id) {
      keptAs = id
      wanted = true
    },
    forget() {
      if (!wanted) return
      wanted = false
      cancel()
      last = last.then(async () => {
        const id = keptAs
        keptAs = undefined
        if (id) await attempt(() => api.editor.drafts.discard({ id }))
      })
    },
    dispose() {
      cancel()
      window.removeEventListener('pagehide', atOnce)
      document.removeEventListener('visibilitychange', atOnce)
    },
  }
}
