/** Parsed in a few milliseconds, so that a key or a frame never waits longer for what nobody looks at. */
const PIECE_BYTES = 16 * 1024
/** After a piece the page rests as long as that took, so that at most half of its time goes there. */
const LONGEST_REST_MS = 50

/** Calls back when all of it is parsed. */
type Write = (bytes: Uint8Array, parsed: () => void) => void

/** One terminal's way to its parser. */
export interface Lane {
  readonly write: Write
  /** In sight, all is parsed as it comes; what has waited for its turn goes first. */
  setInSight(inSight: boolean): void
  /** What waits goes to the parser now: what comes next is no bytes. */
  flush(): void
  /** What waits is dropped. */
  close(): void
}

interface Turn {
  parseNext(done: () => void): void
  flush(): void
}

interface Options {
  now?(): number
  /** A browser slows the timers of a page that nobody sees, which has no key and no frame to keep free for. */
  pageIsHidden?(): boolean
}

/**
 * Terminals out of sight take turns, a piece each: xterm.js would parse each for 12 ms, and twenty that print without end would leave a
 * key a quarter of a second to wait. What is not parsed is not acknowledged, so that the core holds their shells back.
 */
export function createOutOfSight({ now = () => performance.now(), pageIsHidden = () => document.hidden }: Options = {}) {
  /** Those with something to parse, in the order of their turns. */
  const waiting = new Set<Turn>()
  let current: Turn | undefined

  function takeTurn() {
    if (pageIsHidden()) for (const turn of [...waiting]) turn.flush()
    const [next] = waiting
    if (current || !next) return
    current = next
    waiting.delete(next)
    const startedAt = now()
    next.parseNext(() => setTimeout(() => endTurn(next), Math.min(now() - startedAt, LONGEST_REST_MS)))
  }
  function endTurn(turn: Turn) {
    if (current !== turn) return
    current = undefined
    takeTurn()
  }

  function lane(write: Write): Lane {
    let pieces: { readonly bytes: Uint8Array; readonly parsed: () => void }[] = []
    let inSight = false
    const turn: Turn = {
      parseNext(done) {
        const taken = takePieces()
        const last = taken.length - 1
        for (const [index, { bytes, parsed }] of taken.entries())
          write(bytes, () => {
            parsed()
            if (index < last) return
            // Behind those that came meanwhile.
            if (pieces.length > 0) waiting.add(turn)
            done()
          })
        if (last < 0) done()
      },
      flush() {
        waiting.delete(turn)
        const left = pieces
        pieces = []
        for (const { bytes, parsed } of left) write(bytes, parsed)
      },
    }
    /** Small ones together. */
    function takePieces() {
      let bytes = 0
      const over = pieces.findIndex((piece, index) => {
        bytes += piece.bytes.byteLength
        return index > 0 && bytes > PIECE_BYTES
      })
      return pieces.splice(0, over < 0 ? pieces.length : over)
    }
    return {
      write(bytes, parsed) {
        if (inSight) return write(bytes, parsed)
        for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
          const last = at + PIECE_BYTES >= bytes.byteLength
          pieces.push({ bytes: bytes.subarray(at, at + PIECE_BYTES), parsed: last ? parsed : () => {} })
        }
        waiting.add(turn)
        takeTurn()
      },
      setInSight(value) {
        inSight = value
        if (inSight) turn.flush()
      },
      flush: turn.flush,
      close() {
        waiting.delete(turn)
        pieces = []
        // A parser that is gone says nothing any more.
        endTurn(turn)
      },
    }
  }
  return { lane }
}
