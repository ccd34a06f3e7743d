import { bytesOf } from '../files/names.ts'

/** A path of this computer's, whose names may be bytes as text (contract/models/file.ts), as its file system takes it. */
export function onDisk(path: string): string | Buffer {
  return path.isWellFormed() ? path : bytesOf(path)
}
