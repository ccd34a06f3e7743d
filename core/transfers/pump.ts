import { cancelled } from '../user-error.ts'
import type { Lanes } from './lanes.ts'
import type { Handle, Remote } from './remote.ts'

export interface PumpOptions {
  readonly lanes: Lanes
  /** The first byte to move, and the one after the last. */
  readonly from: number
  readonly size: number
  /** Moved with one request. */
  readonly chunkBytes: number
  readonly signal: AbortSignal
  /** The remote file on one more channel. A channel on which that fails is done without. */
  openOn(sftp: Remote): Promise<Handle>
  /** `buffer`, of `length` bytes, is lent until it returns: new memory for each request costs more than the request. */
  move(sftp: Remote, handle: Handle, position: number, buffer: Buffer): Promise<void>
  /** `whole`: everything before it has been moved. */
  onMoved(bytes: number, whole: number): void
}

/** From here on further connections are worth their opening. */
const MUCH_BYTES = 8 * 1024 * 1024

/**
 * Moves a range with many requests in flight on every channel. When it throws (what `move` throws, CANCELLED) no new request
 * is made, and what was under way ends for nobody.
 */
export async function pump(o: PumpOptions): Promise<void> {
  const { lanes, size, chunkBytes, signal } = o
  if (signal.aborted) throw cancelled()
  const finished = Promise.withResolvers<void>()
  const handles: [Remote, Handle][] = []
  const ahead = new Map<number, number>()
  let next = o.from
  let whole = o.from
  let stopped = false

  function moved(position: number, length: number) {
    ahead.set(position, length)
    for (let done = ahead.get(whole); done !== undefined; done = ahead.get(whole)) {
      ahead.delete(whole)
      whole += done
    }
    o.onMoved(length, whole)
    if (whole >= size) finished.resolve()
  }
  async function work(sftp: Remote, handle: Handle) {
    const own = Buffer.allocUnsafeSlow(chunkBytes)
    while (!stopped && next < size) {
      const position = next
      const length = Math.min(chunkBytes, size - position)
      next += length
      await lanes.pace(length, signal)
      if (stopped) return
      await o.move(sftp, handle, position, length === chunkBytes ? own : own.subarray(0, length))
      if (!stopped) moved(position, length)
    }
  }
  async function join(sftp: Remote) {
    const handle = await o.openOn(sftp)
    handles.push([sftp, handle])
    const depth = Math.ceil(lanes.plan.inFlightBytes / chunkBytes / (lanes.plan.connections * lanes.plan.channelsEach))
    for (let worker = 0; worker < depth; worker++) work(sftp, handle).catch(finished.reject)
  }

  const joined = new Set<Remote>()
  const joinAll = (open: readonly Remote[]) => {
    for (const sftp of open) {
      if (joined.has(sftp) || stopped || next >= size) continue
      joined.add(sftp)
      join(sftp).catch((error) => {
        if (sftp === lanes.first) finished.reject(error)
      })
    }
  }
  const onAbort = () => finished.reject(cancelled())
  signal.addEventListener('abort', onAbort)
  if (size - o.from > MUCH_BYTES) lanes.widen()
  const unsubscribe = lanes.open.subscribe(joinAll)
  try {
    if (o.from >= size) return
    joinAll(lanes.open.value)
    await finished.promise
  } finally {
    stopped = true
    unsubscribe()
    signal.removeEventListener('abort', onAbort)
    // Whoever comes late to a file that is done opens it in vain; the channel's end closes it.
    for (const [sftp, handle] of handles) sftp.close(handle).catch(() => undefined)
  }
}
