import type { UserErrorData } from '../../contract/errors.ts'

/** Quick at first, for a network that only blinked, then patient, for an instance that restarts. About ten minutes in all. */
const DELAYS_SECONDS = [1, 2, 4, 8, 15, 15, ...Array.from({ length: 18 }, () => 30)]

/** What may pass by waiting; anything else ends the retries, because asking again would give the same answer. */
const MAY_PASS = new Set<UserErrorData['code']>([
  'CONNECTION_LOST',
  'HOST_UNREACHABLE',
  'SSH_PROTOCOL',
  'INSTANCE_NOT_RUNNING',
  'INSTANCE_NO_ADDRESS',
  'AWS_UNREACHABLE',
  'AWS_THROTTLED',
])

export interface Retries {
  /** A lost connection is being tried again. */
  readonly running: boolean
  mayPass(error: UserErrorData): boolean
  /** Returns when (ISO 8601), or nothing when it has been tried often enough. */
  schedule(retry: () => void): string | undefined
  /** The network is back: what waits is tried now, and patiently enough from the beginning. */
  hasten(): void
  reset(): void
}

export function createRetries(): Retries {
  let count = 0
  let waiting: { readonly retry: () => void; readonly timer: NodeJS.Timeout } | undefined
  function stopWaiting() {
    clearTimeout(waiting?.timer)
    waiting = undefined
  }
  return {
    get running() {
      return count > 0
    },
    mayPass: (error) => MAY_PASS.has(error.code),
    schedule(retry) {
      const seconds = DELAYS_SECONDS[count]
      if (seconds === undefined) return undefined
      count += 1
      const now = () => {
        waiting = undefined
        retry()
      }
      waiting = { retry: now, timer: setTimeout(now, seconds * 1000) }
      return new Date(Date.now() + seconds * 1000).toISOString()
    },
    hasten() {
      if (count > 0) count = 1
      const due = waiting
      stopWaiting()
      due?.retry()
    },
    reset() {
      count = 0
      stopWaiting()
    },
  }
}
