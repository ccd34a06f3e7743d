import { Readable } from 'node:stream'
import { cancelled } from '../user-error.ts'
import { type RemoteFile, readFull } from './download.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { pump } from './pump.ts'

export interface StreamOptions {
  readonly lanes: Lanes
  readonly signal: AbortSignal
  /** So many more were taken by whoever reads the stream. */
  onBytes(count: number): void
}

/** A file's bytes in order, fetched with many requests in flight and no faster than they are read. Errors are UserErrors. */
export function streamFile(source: RemoteFile, { lanes, signal, onBytes }: StreamOptions): Readable {
  const stop = new AbortController()
  /** Chunks that are there, by their position, and who waits until they were taken. */
  const ready = new Map<number, { readonly bytes: Buffer; taken(): void }>()
  let position = 0
  let wanted = false

  function give() {
    for (let next = ready.get(position); next && wanted; next = ready.get(position)) {
      ready.delete(position)
      position += next.bytes.length
      wanted = stream.push(next.bytes)
      onBytes(next.bytes.length)
      next.taken()
    }
    if (position >= source.size) stream.push(null)
  }
  const stream = new Readable({
    highWaterMark: lanes.first.readBytes,
    read() {
      wanted = true
      give()
    },
    destroy(error, done) {
      stop.abort()
      done(error)
    },
  })
  const onAbort = () => stream.destroy(cancelled())
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  stream.once('close', () => signal.removeEventListener('abort', onAbort))

  pump({
    lanes,
    from: 0,
    size: source.size,
    chunkBytes: lanes.first.readBytes,
    signal: stop.signal,
    openOn: (sftp) => sftp.open(source.path, 'read', { size: source.size }),
    async move(sftp, handle, at, { length }) {
      const bytes = Buffer.allocUnsafeSlow(length) // the stream keeps it
      await readFull(sftp, handle, bytes, at, source.path)
      await new Promise<void>((taken) => {
        ready.set(at, { bytes, taken })
        give()
      })
    },
    onMoved: () => undefined,
  }).catch((error) => stream.destroy(transferError(error, source.path) as Error))
  return stream
}
