import { PAUSE_AT_BYTES } from '../../contract/byte-stream.ts'

/** A key's echo waits behind this much of parsing in the page, and as much again on the way to it. */
const AHEAD_MS = 25
/** Half a message: below this a page waits for the core more than it parses. */
const STEP_BYTES = 16 * 1024
/** Less says how long a message is on its way, not how fast it is parsed. */
const LEAST_MEASURED_BYTES = 4 * 1024
/** Of what was measured before, at each measurement: some ten of them count. */
const KEPT = 0.8

/** How fast a page parses, by its acknowledgements. */
export interface PagePace {
  /** What may be on its way to the page: as much as it parses in 25 ms, in steps of 16 KiB up to the window of a fast one. */
  readonly aheadBytes: number
  sent(): void
  /** `left`: bytes that it has still to parse. */
  parsed(bytes: number, left: number): void
}

export function createPagePace(now: () => number = () => performance.now()): PagePace {
  let bytes = 0
  let ms = 0
  let aheadBytes = PAUSE_AT_BYTES
  let busySince: number | undefined
  return {
    get aheadBytes() {
      return aheadBytes
    },
    sent() {
      busySince ??= now()
    },
    parsed(parsedBytes, left) {
      if (busySince !== undefined && parsedBytes >= LEAST_MEASURED_BYTES) {
        bytes = bytes * KEPT + parsedBytes
        ms = ms * KEPT + now() - busySince
        const steps = Math.ceil(((bytes / ms) * AHEAD_MS) / STEP_BYTES)
        aheadBytes = Math.min(steps * STEP_BYTES, PAUSE_AT_BYTES)
      }
      busySince = left > 0 ? now() : undefined
    },
  }
}
