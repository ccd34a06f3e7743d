/** A value that others watch. `set` with the same value (by identity) says nothing. */
export interface State<Value> {
  readonly value: Value
  set(value: Value): void
  update(change: (value: Value) => Value): void
  /** Calls back after each change, until the returned function is called. */
  subscribe(listener: (value: Value) => void): () => void
}
export type ReadonlyState<Value> = Pick<State<Value>, 'value' | 'subscribe'>

export function createState<Value>(initial: Value): State<Value> {
  const listeners = new Set<(value: Value) => void>()
  let current = initial
  return {
    get value() {
      return current
    },
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of [...listeners]) listener(value)
    },
    update(change) {
      this.set(change(current))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Between two values that a watcher gets: fast enough to look immediate, slow enough that nothing floods the wire. */
const QUIET_MS = 50

/**
 * The value now and after each change, latest wins: a reader that is slow or a state that changes a thousand times a second
 * costs one value. Ends when `signal` aborts.
 */
export async function* watchState<Value>(state: ReadonlyState<Value>, signal: AbortSignal | undefined): AsyncGenerator<Value, void> {
  let changed = Promise.withResolvers<void>()
  const wake = () => changed.resolve()
  const unsubscribe = state.subscribe(wake)
  signal?.addEventListener('abort', wake)
  try {
    while (!signal?.aborted) {
      changed = Promise.withResolvers<void>()
      yield state.value
      await changed.promise
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', wake)
  }
}
