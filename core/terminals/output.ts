import { GATHER_BYTES } from '../../contract/byte-stream.ts'
import { createPagePace, type PagePace } from './page-pace.ts'
import { createReplay } from './replay.ts'

/** What a shell prints, at most, that a page gets again after a reload. */
const REPLAY_BYTES = 256 * 1024

/**
 * Between two shells in what is replayed: a program that ended in the middle leaves the alternate screen, mouse reports and
 * bracketed paste on, and the next shell knows nothing of it. The cursor goes to a new line at the bottom.
 */
const AFTER_A_SHELL = Buffer.from(
  '\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[!p\x1b[?25h\x1b[0m\x1b[999;1H\r\n',
)

interface Source {
  pause(): unknown
  resume(): unknown
  /** More than this is not asked for before it is read. */
  limitAhead?(bytes: number): void
}

/**
 * Flow control between a shell and a page by byte credit. While nothing is unparsed, output is sent as it comes; otherwise it
 * is gathered and sent at the page's acknowledgement, so that the page's own pace is the clock and a flood costs few messages. A page
 * that is slow gets less ahead, so that a key's echo does not wait long in any.
 */
export interface Output {
  /** Another shell prints here from now on. */
  setSource(source: Source): void
  push(chunk: Uint8Array): void
  acknowledge(bytes: number): void
  /** Sends to this page from now on. What was printed lately goes first, after `announce` was told how many bytes that is. */
  attach(send: (bytes: Uint8Array) => void, announce: (bytes: number) => void): void
  detach(): void
  /** Sends what is gathered, whatever the page has parsed: the shell has ended. */
  flush(): void
}

export function createOutput(pace: PagePace = createPagePace()): Output {
  let source: Source | undefined
  let send: ((bytes: Uint8Array) => void) | undefined
  let unparsed = 0
  let paused = false
  let limit = pace.aheadBytes
  const gathered = createQueue()
  const replay = createReplay(REPLAY_BYTES)

  function sendGathered() {
    if (!send || gathered.bytes === 0) return
    const bytes = gathered.take(GATHER_BYTES)
    unparsed += bytes.byteLength
    pace.sent()
    send(bytes)
  }
  /** At once when the page has nothing to parse, and a full message ahead, so that it goes on while its answer is on the way. */
  function sendDue() {
    while (gathered.bytes > 0 && (unparsed === 0 || (unparsed <= GATHER_BYTES && gathered.bytes >= GATHER_BYTES))) {
      if (!send) return
      sendGathered()
    }
  }
  function balance() {
    const waiting = unparsed + gathered.bytes
    if (limit !== pace.aheadBytes) {
      limit = pace.aheadBytes
      source?.limitAhead?.(limit)
    }
    if (!paused && waiting >= limit) {
      paused = true
      source?.pause()
    } else if (paused && waiting <= limit / 2) {
      paused = false
      source?.resume()
    }
  }

  return {
    setSource(next) {
      if (source) replay.push(AFTER_A_SHELL)
      source = next
      source.limitAhead?.(limit)
      paused = false
      balance()
    },
    push(chunk) {
      gathered.push(chunk)
      replay.push(chunk)
      sendDue()
      balance()
    },
    acknowledge(bytes) {
      const parsed = Math.min(bytes, unparsed)
      unparsed -= parsed
      pace.parsed(parsed, unparsed)
      sendDue()
      balance()
    },
    attach(nextSend, announce) {
      gathered.clear()
      send = nextSend
      const bytes = replay.copy()
      unparsed = bytes.byteLength
      announce(bytes.byteLength)
      if (bytes.byteLength > 0) {
        pace.sent()
        send(bytes)
      }
      balance()
    },
    detach() {
      send = undefined
      unparsed = 0
      balance()
    },
    flush() {
      while (send && gathered.bytes > 0) sendGathered()
    },
  }
}

/** Chunks in order, without copying until they are taken. */
function createQueue() {
  let chunks: Uint8Array[] = []
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    push(chunk: Uint8Array) {
      chunks.push(chunk)
      bytes += chunk.byteLength
    },
    /** Whole chunks from the front up to `limit` bytes, at least one. */
    take(limit: number): Uint8Array {
      let count = 0
      let size = 0
      for (const chunk of chunks) {
        if (count > 0 && size + chunk.byteLength > limit) break
        size += chunk.byteLength
        count += 1
      }
      const taken = chunks.splice(0, count)
      bytes -= size
      const only = taken[0]
      return taken.length === 1 && only ? only : Buffer.concat(taken, size)
    },
    clear() {
      chunks = []
      bytes = 0
    },
  }
}
