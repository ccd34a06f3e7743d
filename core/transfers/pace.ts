import { cancelled } from '../user-error.ts'

/** Waits for the turn of so many bytes; all transfers share it. Throws CANCELLED. */
export type Pace = (bytes: number, signal: AbortSignal) => Promise<void>

interface Waiting {
  readonly bytes: number
  go(): void
}

/** A changed rate is heeded within this. */
const LOOK_MS = 200

/** `bytesPerSecond` is asked each time; 0 is no limit. What waits goes in the order it came. */
export function createPace(bytesPerSecond: () => number): Pace {
  const waiting: Waiting[] = []
  let freeAt = 0
  let timer: NodeJS.Timeout | undefined

  function serve() {
    timer = undefined
    for (let first = waiting[0]; first; first = waiting[0]) {
      const rate = bytesPerSecond()
      const now = performance.now()
      if (rate > 0 && freeAt > now) {
        timer = setTimeout(serve, Math.min(LOOK_MS, freeAt - now))
        return
      }
      waiting.shift()
      freeAt = rate > 0 ? now + (first.bytes / rate) * 1000 : 0
      first.go()
    }
  }
  return (bytes, signal) => {
    if (signal.aborted) return Promise.reject(cancelled())
    if (bytesPerSecond() === 0 && waiting.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        waiting.splice(waiting.indexOf(one), 1)
        reject(cancelled())
      }
      const one: Waiting = {
        bytes,
        go() {
          signal.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      waiting.push(one)
      if (!timer) serve()
    })
  }
}
