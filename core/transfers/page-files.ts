import type { PageFile } from '../../contract/models/transfer.ts'
import type { Port } from '../../contract/port.ts'
import { CANNOT_READ, type ReadRequest } from '../../contract/upload-stream.ts'
import { UserError } from '../user-error.ts'
import { shownName } from './names.ts'

/** How long a page may take to come with its files. */
const ARRIVAL_MS = 15_000

/** The files of one upload that a page has, read through its port: contract/upload-stream.ts. */
export interface PageFiles {
  attach(port: Port): void
  /** Throws UserError TRANSFER_PAGE_GONE. */
  arrived(): Promise<void>
  /** Throws UserError TRANSFER_PAGE_GONE, TRANSFER_SOURCE_CHANGED. */
  read(request: ReadRequest): Promise<Uint8Array>
  /** Nobody reads any more. */
  close(): void
}

export function createPageFiles(files: readonly PageFile[]): PageFiles {
  const gone = () => new UserError('TRANSFER_PAGE_GONE', { name: shownName(files[0]?.path ?? '') })
  let waiting: { request: ReadRequest; resolve(bytes: Uint8Array): void; reject(error: Error): void }[] = []
  let arrived = Promise.withResolvers<Port>()
  arrived.promise.catch(() => undefined)

  return {
    attach(port) {
      arrived.resolve(port)
      port.onMessage((message) => {
        const asked = waiting.shift()
        if (!asked) return port.close()
        const { file, length } = asked.request
        if (typeof message !== 'string' && message.byteLength === length) asked.resolve(message)
        else {
          asked.reject(new UserError('TRANSFER_SOURCE_CHANGED', { name: shownName(files[file]?.path ?? '') }))
          if (message !== CANNOT_READ) port.close()
        }
      })
      port.onClose(() => {
        arrived = Promise.withResolvers()
        arrived.promise.catch(() => undefined)
        arrived.reject(gone())
        for (const { reject } of waiting) reject(gone())
        waiting = []
      })
    },
    async arrived() {
      const late = setTimeout(() => arrived.reject(gone()), ARRIVAL_MS)
      await arrived.promise.finally(() => clearTimeout(late))
    },
    async read(request) {
      const port = await arrived.promise
      return new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject })
        port.post(JSON.stringify(request))
      })
    },
    close() {
      arrived.promise.then((port) => port.close()).catch(() => undefined)
    },
  }
}
