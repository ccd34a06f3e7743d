import { useEffect } from 'react'
import { create } from 'zustand'
import { bring, type Place } from './actions.tsx'

interface Pane {
  readonly place: Place
  focus(): void
  /** A tab behind another stays drawn, and is not in the page. */
  inSight(): boolean
}

/** The lists of tabs without a terminal that are in sight, by their tabs: two of them are two panes. */
const usePanes = create<{ readonly panes: ReadonlyMap<string, Pane> }>(() => ({ panes: new Map() }))

export function usePane(key: string, pane: Pane | undefined): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew with each drawing, and the same as long as its place is.
  useEffect(() => {
    if (!pane) return undefined
    usePanes.setState(({ panes }) => ({ panes: new Map(panes).set(key, pane) }))
    return () => usePanes.setState(({ panes }) => ({ panes: new Map([...panes].filter(([other]) => other !== key)) }))
  }, [key, pane?.place.terminalId, pane?.place.path])
}

/** Undefined unless there is exactly one other. */
function other(panes: ReadonlyMap<string, Pane>, key: string): Pane | undefined {
  const [pane, ...more] = [...panes].filter(([each, { inSight }]) => each !== key && inSight())
  return panes.has(key) && more.length === 0 ? pane?.[1] : undefined
}
export const useOtherPane = (key: string): Pane | undefined => usePanes(({ panes }) => other(panes, key))
export const otherPane = (key: string): Pane | undefined => other(usePanes.getState().panes, key)

/** What is selected here goes to the folder of the other pane, as F5 and F6 of two-pane programs do. */
export async function bringOver(
  { terminalId, path, view }: Place,
  names: readonly string[],
  how: 'move' | 'copy',
  to: Pane,
): Promise<void> {
  const held = { terminalId, folder: path, names, how, asRoot: view.getState().asRoot }
  await bring(to.place, held, to.place.path)
}
