import { MAIN_WINDOW } from '../../contract/models/app-window.ts'
import { api } from '../api/client.ts'
import { type Live, useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { openAppWindow } from '../host/desktop.ts'
import { forgetLayout } from '../workspace/saved-layout.ts'
import { forgetPlace, placeOf } from './kept.ts'
import { pagelessWindows } from './pageless.ts'

/** A page that is loaded again is back by then, on a slow machine too. */
const PATIENCE_MS = 2_000
/** As long as a window that was opened may take until its page is there. */
const OPENING_MS = 30_000
/** After the core was away each page comes back in its own time. */
const RETURN_MS = 10_000

/**
 * The main window looks after the others, as long as the page lives: those of the last time are opened again, and when one is closed its
 * tabs come here.
 */
export function lookAfterWindows(): void {
  const closing = new Map<string, ReturnType<typeof setTimeout>>()
  /** The person has been asked about them. */
  const offered = new Set<string>()
  let begun = false
  let upSince = 0

  function wait(id: string, ms: number) {
    const end = () => {
      closing.delete(id)
      if (useLive.getState().connection === 'up') takeBack([id])
    }
    closing.set(id, setTimeout(end, ms))
  }
  function check(live: Live, before?: Live) {
    if (live.connection === 'up' && before?.connection === 'lost') upSince = Date.now()
    if (live.connection !== 'up' || !live.terminalsLoaded || !live.appWindows?.includes(MAIN_WINDOW)) return
    const pageless = pagelessWindows(live)
    if (!begun) {
      begun = true
      const refused = pageless.filter((id) => !openAgain(id))
      for (const id of refused) offered.add(id)
      for (const id of pageless) if (!offered.has(id)) wait(id, OPENING_MS)
      if (refused.length > 0) void import('./offer-windows.tsx').then(({ offerWindows }) => offerWindows(refused, { openAgain, takeBack }))
    }
    for (const id of live.appWindows) offered.delete(id)
    for (const [id, timer] of closing) {
      if (pageless.includes(id)) continue
      clearTimeout(timer)
      closing.delete(id)
    }
    const patience = Date.now() - upSince < RETURN_MS ? RETURN_MS : PATIENCE_MS
    for (const id of pageless) if (!offered.has(id) && !closing.has(id)) wait(id, patience)
  }
  useLive.subscribe(check)
  check(useLive.getState())
}

/** False where only a click may open a window. */
const openAgain = (id: string) => openAppWindow(id, placeOf(id) ?? { width: 900, height: 600 })

/** Their tabs come to the main window. */
function takeBack(windows: readonly string[]): void {
  const ids = useLive.getState().terminals.flatMap(({ id, window }) => (window !== undefined && windows.includes(window) ? [id] : []))
  for (const id of windows) {
    forgetLayout(id)
    forgetPlace(id)
  }
  if (ids.length > 0) void attempt(() => api.terminals.move({ ids }))
}
