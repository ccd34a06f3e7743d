import { createState, type ReadonlyState, watchState } from './state.ts'

/** Which windows have a page. Where a tab is, is told with its terminal: contract/models/terminal.ts. */
export interface AppWindows {
  readonly state: ReadonlyState<string[]>
  /** The state and its changes, to a page that is in the window for as long as it listens. */
  enter(id: string, signal: AbortSignal | undefined): AsyncGenerator<string[], void>
}

export function createAppWindows(): AppWindows {
  /** A person may look at the same window twice, in a browser. */
  const pages: string[] = []
  const state = createState<string[]>([])
  const publish = () => state.set([...new Set(pages)])

  return {
    state,
    async *enter(id, signal) {
      pages.push(id)
      publish()
      try {
        yield* watchState(state, signal)
      } finally {
        pages.splice(pages.indexOf(id), 1)
        publish()
      }
    },
  }
}
