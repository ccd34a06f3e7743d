import type { Port } from '../../contract/port.ts'
import { readRequest } from '../../contract/upload-stream.ts'

/** As a page does: answers what the core asks for, in order. */
export function servePageFiles(port: Port, files: readonly Buffer[]): { readonly asked: () => number } {
  let asked = 0
  port.onMessage((message) => {
    const { file, position, length } = readRequest.parse(JSON.parse(String(message)))
    asked += length
    port.post(Buffer.from(files[file]?.subarray(position, position + length) ?? []))
  })
  return { asked: () => asked }
}
