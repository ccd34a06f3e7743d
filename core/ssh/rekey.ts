import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { rekey } from './internals.ts'

export interface RekeyLimit {
  /** Both ways together. */
  readonly bytes: number
  readonly ms: number
}

/** RFC 4253, 9: after each gigabyte and each hour, whichever comes first. */
export const REKEY_LIMIT: RekeyLimit = { bytes: 2 ** 30, ms: 3_600_000 }

/** Asks for new keys whenever they are due, which ssh2 by itself never does; the server may do so as well. Returns how to end it. */
export function rekeyWhenDue(client: Client, stream: Duplex, { bytes, ms }: RekeyLimit): () => void {
  let carried = 0
  const renew = () => {
    carried = 0
    timer.refresh()
    rekey(client)
  }
  const timer = setTimeout(renew, ms).unref()
  const count = (length: number) => {
    carried += length
    if (carried >= bytes) renew()
  }
  // A socket counts what it writes, a channel of a jump host does not; both are written to by ssh2 alone.
  const write = stream.write.bind(stream) as (chunk: Buffer, ...rest: unknown[]) => boolean
  stream.write = ((chunk: Buffer, ...rest: unknown[]) => {
    const more = write(chunk, ...rest)
    carried += chunk.length
    return more
  }) as Duplex['write']
  const onData = (chunk: Buffer) => count(chunk.length)
  stream.on('data', onData)
  return () => {
    clearTimeout(timer)
    stream.off('data', onData)
  }
}
