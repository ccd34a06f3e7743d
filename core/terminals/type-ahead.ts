/** More than anybody types in the second that connecting takes; a paste that is longer is not meant for a shell nobody sees yet. */
const MOST_BYTES = 4096

/** What was typed before there was a shell to read it. */
export interface TypeAhead {
  add(bytes: Uint8Array): void
  take(): Uint8Array[]
  /** Another attempt begins: what was typed was meant for the one before. */
  clear(): void
}

export function createTypeAhead(): TypeAhead {
  let typed: Uint8Array[] = []
  let size = 0
  function take() {
    const taken = typed
    typed = []
    size = 0
    return taken
  }
  return {
    add(bytes) {
      if (size + bytes.byteLength > MOST_BYTES) return
      typed.push(bytes)
      size += bytes.byteLength
    },
    take,
    clear: take,
  }
}
