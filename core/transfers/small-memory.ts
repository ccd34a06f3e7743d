/** Of files that are smaller, which are most: new memory for each costs more than moving what is in it. */
const PIECE_BYTES = 16 * 1024
/** 16 MiB, for as many small files as are ever on their way at once. */
const MOST_KEPT = 1024
const free: Buffer[] = []
const ours = new WeakSet<ArrayBufferLike>()

/** As many bytes, with whatever is in them. */
export function borrow(bytes: number): Buffer {
  if (bytes > PIECE_BYTES) return Buffer.allocUnsafeSlow(bytes)
  const piece = free.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES)
  ours.add(piece.buffer)
  return piece.subarray(0, bytes)
}

/** Nobody looks at them any more, and nothing is still read into them: what failed on its way is not given back. */
export function giveBack(bytes: Buffer): void {
  if (ours.delete(bytes.buffer) && free.length < MOST_KEPT) free.push(Buffer.from(bytes.buffer))
}
