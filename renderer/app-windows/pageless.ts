import type { Live } from '../api/live.ts'

/** Windows that have tabs and no page: closed, or not opened since the app was started. None before the core has told it. Pure. */
export function pagelessWindows({ terminals, appWindows }: Pick<Live, 'terminals' | 'appWindows'>): readonly string[] {
  const wanted = new Set(terminals.flatMap(({ window }) => (window === undefined ? [] : [window])))
  return [...wanted].filter((id) => appWindows?.includes(id) === false)
}
