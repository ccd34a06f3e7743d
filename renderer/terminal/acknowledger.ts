/** Half of what the core resumes at: seldom enough to cost nothing, often enough that the shell never waits for it. */
const ACK_EVERY_BYTES = 16 * 1024

export interface Acknowledger {
  received(bytes: number): void
  /** From `terminal.write`'s callback. */
  parsed(bytes: number): void
}

/** Tells the core how much xterm has parsed, in batches, and at once when there is nothing left to parse. */
export function createAcknowledger(send: (bytes: number) => void): Acknowledger {
  let unparsed = 0
  let unsent = 0
  return {
    received(bytes) {
      unparsed += bytes
    },
    parsed(bytes) {
      unparsed -= bytes
      unsent += bytes
      if (unparsed > 0 && unsent < ACK_EVERY_BYTES) return
      send(unsent)
      unsent = 0
    },
  }
}
