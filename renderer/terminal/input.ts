/** Small enough that a pasted file leaves the page and the core room for other work in between. */
const SLICE_BYTES = 16 * 1024

export interface Input {
  type(bytes: Uint8Array): void
  /** What has not been sent is dropped. */
  close(): void
}

/** What was typed or pasted, in order, in slices with a breath between them. */
export function createInput(post: (bytes: Uint8Array) => void): Input {
  const waiting: Uint8Array[] = []
  const breath = new MessageChannel()
  breath.port1.onmessage = sendNext

  function sendNext() {
    const next = waiting.shift()
    if (next) post(next)
    if (waiting.length > 0) breath.port2.postMessage(undefined)
  }
  return {
    type(bytes) {
      const idle = waiting.length === 0
      for (let at = 0; at < bytes.byteLength; at += SLICE_BYTES) waiting.push(bytes.slice(at, at + SLICE_BYTES))
      if (idle) sendNext()
    },
    close() {
      waiting.length = 0
      breath.port1.close()
    },
  }
}

/** xterm gives mouse reports of the old protocol as a string of bytes, which UTF-8 would break. */
export function fromBinaryString(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff)
}
