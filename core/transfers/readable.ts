import { Readable } from 'node:stream'
import type { Outflow } from './carrier/carrier.ts'

/** So much is there before whoever reads it asks. */
const AHEAD_BYTES = 1024 * 1024

/** What is poured, no faster than it is read. When nobody reads any more, `stop` is aborted. */
export function readable(pour: (push: Parameters<Outflow['pour']>[0]) => Promise<void>, stop: AbortController): Readable {
  let room = Promise.withResolvers<void>()
  let begun = false
  const stream = new Readable({
    highWaterMark: AHEAD_BYTES,
    read() {
      room.resolve()
      if (begun) return
      begun = true
      pour(push).then(
        () => stream.push(null),
        (error) => stream.destroy(error),
      )
    },
    destroy(error, done) {
      stop.abort()
      room.resolve()
      done(error)
    },
  })
  async function push(bytes: Buffer) {
    room = Promise.withResolvers()
    if (!stream.push(bytes)) await room.promise
  }
  const onAbort = () => stream.destroy(stop.signal.reason)
  stop.signal.addEventListener('abort', onAbort, { once: true })
  return stream
}
