/** Small enough that an idle terminal costs little, large enough that a flood does not allocate all the time. */
const BLOCK_BYTES = 16 * 1024
const NEW_LINE = 0x0a

/** What was printed lately, in blocks, so that a page that was reloaded gets its screen back. */
export interface Replay {
  push(chunk: Uint8Array): void
  /** All of it in one piece, from the beginning of a line when older output was dropped. */
  copy(): Uint8Array
}

export function createReplay(limitBytes: number): Replay {
  const blocks: Buffer[] = []
  const mostBlocks = Math.ceil(limitBytes / BLOCK_BYTES) + 1
  let used = BLOCK_BYTES
  let dropped = false

  return {
    push(chunk) {
      let rest = chunk
      while (rest.byteLength > 0) {
        if (used === BLOCK_BYTES) {
          blocks.push(Buffer.allocUnsafe(BLOCK_BYTES))
          used = 0
          if (blocks.length > mostBlocks) {
            blocks.shift()
            dropped = true
          }
        }
        const part = rest.subarray(0, BLOCK_BYTES - used)
        blocks.at(-1)?.set(part, used)
        used += part.byteLength
        rest = rest.subarray(part.byteLength)
      }
    },
    copy() {
      const all = Buffer.concat(blocks.map((block, index) => (index === blocks.length - 1 ? block.subarray(0, used) : block)))
      return dropped ? all.subarray(all.indexOf(NEW_LINE) + 1) : all
    },
  }
}
