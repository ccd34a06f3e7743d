import type { ClientChannel } from 'ssh2'

/** A packet of SSH's with as much is what OpenSSH takes at once. */
const TOGETHER_BYTES = 32 * 1024

/**
 * Requests that are made in one turn of the event loop leave as one write: by itself each would be a packet of SSH's, with padding, a
 * seal and what the server does for a packet, which for a small file is more than for the request. Nothing waits beyond the turn.
 */
export function createOutbox(channel: ClientChannel) {
  let pieces: Buffer[] = []
  let bytes = 0

  function flush() {
    if (bytes === 0) return
    const [first = Buffer.alloc(0)] = pieces
    const all = pieces.length === 1 ? first : Buffer.concat(pieces, bytes)
    pieces = []
    bytes = 0
    channel.write(all)
  }
  return {
    /** In this order. Nothing of it may change before it is answered: what fills a packet by itself is not copied. */
    put(...request: readonly Buffer[]) {
      for (const piece of request) {
        if (bytes > 0 && bytes + piece.length > TOGETHER_BYTES) flush()
        if (bytes === 0) process.nextTick(flush)
        pieces.push(piece)
        bytes += piece.length
      }
    },
    flush,
  }
}
