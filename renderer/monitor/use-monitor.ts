import { useEffect, useState } from 'react'
import type { HostMetrics, MonitorState } from '../../contract/models/monitor.ts'
import { api } from '../api/client.ts'

export interface Watched {
  readonly state: MonitorState
  /** The looks so far, the newest last. */
  readonly history: readonly HostMetrics[]
}

/** At a look every three seconds, the last two minutes. */
const MOST_LOOKS = 40
const STARTING: Watched = { state: { kind: 'starting' }, history: [] }

/** The host of a terminal, while somebody sees it. `attempt`: another one looks again after it was off. */
export function useMonitor(terminalId: string, watching: boolean, attempt: number): Watched {
  const [watched, setWatched] = useState(STARTING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another watching.
  useEffect(() => {
    if (!watching) return
    setWatched(({ history }) => ({ state: STARTING.state, history }))
    const over = new AbortController()
    void (async () => {
      try {
        for await (const state of await api.monitor.watch({ terminalId }, { signal: over.signal })) {
          if (over.signal.aborted) return
          setWatched(({ history }) => ({ state, history: state.kind === 'on' ? [...history, state.metrics].slice(-MOST_LOOKS) : history }))
        }
      } catch {
        // The connection to the host or to the core is gone: the terminal says so.
      }
    })()
    return () => over.abort()
  }, [terminalId, watching, attempt])
  return watched
}
