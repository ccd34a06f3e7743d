import type { FileOperation } from '../../contract/models/file-operation.ts'
import { compress, extract } from './archive.ts'
import { change } from './change.ts'
import { checksum } from './checksum.ts'
import { copyInto } from './copy.ts'
import { count } from './count.ts'
import { make } from './make.ts'
import { move } from './move.ts'
import { remove } from './remove.ts'
import { placeOf } from './tree.ts'
import type { Work } from './work.ts'

/** Does what was asked for, one after the other; the first failure ends it. A checksum is what comes out of one. */
export async function operate(work: Work, operation: FileOperation): Promise<string | undefined> {
  switch (operation.kind) {
    case 'make-file':
    case 'make-folder':
      await make(work, operation.kind === 'make-file' ? 'file' : 'folder', placeOf(operation.path))
      return
    case 'move':
      for (const { from, to } of operation.moves) await move(work, placeOf(from), placeOf(to))
      return
    case 'copy':
      for (const path of operation.paths) await copyInto(work, placeOf(path), folderAt(operation.folder))
      return
    case 'delete':
      for (const path of operation.paths) await remove(work, placeOf(path))
      return
    case 'change':
      for (const path of operation.paths) await change(work, placeOf(path), operation)
      return
    case 'count':
      for (const path of operation.paths) await count(work, placeOf(path))
      return
    case 'checksum':
      return checksum(work, placeOf(operation.path))
    case 'compress':
      await compress(work, operation)
      return
    case 'extract':
      await extract(work, operation)
      return
    default:
      operation satisfies never
  }
}

/** The root is a folder too, though no entry of one. */
function folderAt(path: string) {
  return path === '/' ? { path, bytes: Buffer.from('/') } : placeOf(path)
}
