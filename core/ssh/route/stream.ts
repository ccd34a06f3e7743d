import type { Duplex } from 'node:stream'
import type { Endpoint } from '../dial.ts'

/** How a connection's bytes get to the host: straight, or through something. Throws UserError. */
export type OpenStream = (endpoint: Endpoint, o: { timeoutMs: number; signal: AbortSignal }) => Promise<Duplex>

/** What was written is still sent; then it is gone. */
export function endStream(stream: Duplex): void {
  if ('destroySoon' in stream && typeof stream.destroySoon === 'function') stream.destroySoon()
  else stream.end(() => stream.destroy())
}
