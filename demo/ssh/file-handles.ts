import type { FileHandle } from 'node:fs/promises'

interface OpenFile {
  readonly kind: 'file'
  readonly file: FileHandle
  readonly append: boolean
}
interface OpenFolder {
  readonly kind: 'folder'
  readonly path: string
  /** Names not yet listed. */
  readonly left: string[]
}

/** What one SFTP client has open. Each method throws for a handle that is none, or is of the other kind. */
export interface FileHandles {
  add(opened: OpenFile | OpenFolder): Buffer
  file(handle: Buffer): OpenFile
  folder(handle: Buffer): OpenFolder
  close(handle: Buffer): Promise<void>
  closeAll(): void
}

export function createFileHandles(): FileHandles {
  const opened = new Map<string, OpenFile | OpenFolder>()
  let last = 0

  function find(handle: Buffer): OpenFile | OpenFolder {
    const found = opened.get(handle.toString('hex'))
    if (!found) throw new Error('Invalid handle')
    return found
  }
  return {
    add(what) {
      const handle = Buffer.alloc(4)
      handle.writeUInt32BE(++last)
      opened.set(handle.toString('hex'), what)
      return handle
    },
    file(handle) {
      const found = find(handle)
      if (found.kind !== 'file') throw new Error('Not a file')
      return found
    },
    folder(handle) {
      const found = find(handle)
      if (found.kind !== 'folder') throw new Error('Not a folder')
      return found
    },
    async close(handle) {
      const found = find(handle)
      opened.delete(handle.toString('hex'))
      if (found.kind === 'file') await found.file.close()
    },
    closeAll() {
      for (const handle of opened.values()) if (handle.kind === 'file') handle.file.close().catch(() => undefined)
      opened.clear()
    },
  }
}
