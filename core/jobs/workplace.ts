import type { Target } from '../../contract/models/terminal.ts'
import { pause } from '../pause.ts'
import type { DialServices } from '../terminals/dial.ts'
import { UserError } from '../user-error.ts'
import { type Host, openHost } from './host.ts'

/** A host to work on for as long as the work takes, over as many connections as that needs. */
export interface Workplace {
  /**
   * When the connection is lost in the middle it is done again over a new one, so it must bear that. Throws what it throws itself, what
   * connecting throws, and CONNECTION_LOST when the host stays away.
   */
  work<Value>(task: (host: Host) => Promise<Value>): Promise<Value>
  close(): void
}

/** For an instance that restarts: about four minutes in all. */
const DELAYS_SECONDS = [1, 1, 2, 4, 8, 15, 30, 30, 30, 60, 60]
const MAY_PASS = new Set(['CONNECTION_LOST', 'HOST_UNREACHABLE', 'SSH_PROTOCOL'])

interface Options {
  readonly id: string
  readonly signal: AbortSignal
  /** There is no connection for now, or there is one again. */
  onLost?(lost: boolean): void
}

export function openWorkplace(services: DialServices, target: Target, { id, signal, onLost }: Options): Workplace {
  let host: Promise<Host> | undefined
  let reached = false

  function current(): Promise<Host> {
    // Cancelling ends the work; what has to be put in order after it still needs a way to the host.
    if (host) return host
    const opening = openHost(services, target, { id, signal: signal.aborted ? AbortSignal.timeout(15_000) : signal })
    host = opening
    opening.catch(() => {
      if (host === opening) host = undefined
    })
    return opening
  }
  function drop() {
    void host?.then(
      (opened) => opened.close(),
      () => undefined,
    )
    host = undefined
  }

  return {
    async work(task) {
      for (let tries = 0; ; tries++) {
        try {
          const opened = await current()
          reached = true
          onLost?.(false)
          return await task(opened)
        } catch (error) {
          const seconds = DELAYS_SECONDS[tries]
          const passes = error instanceof UserError && MAY_PASS.has(error.code)
          if (passes) drop()
          // What could never be reached is a plain failure, told at once.
          if (!passes || !reached || seconds === undefined || signal.aborted) throw error
          onLost?.(true)
          await pause(seconds * 1000, signal)
        }
      }
    },
    close: drop,
  }
}
