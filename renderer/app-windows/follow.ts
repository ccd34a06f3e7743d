import type { DockviewApi } from 'dockview-react'
import { isMainWindow } from './here.ts'

/** Nothing of it is needed for the first screen. What cannot be had now is asked for again by whoever moves a tab. */
export const loadWindows = () => import('./late.ts')

let looksAfter = false

/** Ties the tabs to the windows there are, until the returned function is called. */
export function followWindows(dock: DockviewApi): () => void {
  const releases: (() => void)[] = []
  let released = false
  loadWindows().then(
    ({ followDraggedOut, keepOwnWindow, lookAfterWindows }) => {
      if (released) return
      releases.push(followDraggedOut(dock))
      if (!isMainWindow) releases.push(keepOwnWindow(dock))
      else if (!looksAfter) lookAfterWindows()
      looksAfter = true
    },
    () => undefined,
  )
  return () => {
    released = true
    for (const release of releases) release()
  }
}
