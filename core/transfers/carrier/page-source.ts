import type { PageFile } from '../../../contract/models/transfer.ts'
import type { Source } from '../source.ts'
import type { Found } from '../upload-item.ts'
import type { Move } from './carrier.ts'

type Read = Extract<Move, { kind: 'page-upload' }>['read']

/** The files of an upload that a page has. */
export function scanPage(files: readonly PageFile[], read: Read): (found: (what: Found) => Promise<void>) => Promise<void> {
  return async (found) => {
    for (const [index, file] of files.entries()) {
      const { path, size, mtime } = file
      await found({ kind: 'file', path: path.split('/'), size, mtime, open: async () => source(index, file, read) })
    }
  }
}

function source(file: number, { path, size, mtime }: PageFile, read: Read): Source {
  return {
    name: path,
    size,
    mtime,
    mode: undefined,
    async read(buffer, position) {
      if (buffer.length > 0) buffer.set(await read({ file, position, length: buffer.length }))
    },
    check: async () => undefined, // the browser refuses to read what has changed
    close: async () => undefined,
  }
}
