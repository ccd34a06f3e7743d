import type { Port } from '../../contract/port.ts'
import { CANNOT_READ, readRequest } from '../../contract/upload-stream.ts'

/** Answers what the core asks of these files, in order (contract/upload-stream.ts), until it closes the port. */
export function serveFiles(port: Port, files: readonly Blob[]): void {
  let answers: Promise<void> = Promise.resolve()
  port.onMessage((message) => {
    if (typeof message !== 'string') return
    const { file, position, length } = readRequest.parse(JSON.parse(message))
    const read = readPart(files[file], position, length)
    answers = answers.then(async () => port.post(await read))
  })
}

async function readPart(file: Blob | undefined, position: number, length: number): Promise<Uint8Array | typeof CANNOT_READ> {
  try {
    return file ? new Uint8Array(await file.slice(position, position + length).arrayBuffer()) : CANNOT_READ
  } catch {
    return CANNOT_READ // changed or removed since it was chosen
  }
}
