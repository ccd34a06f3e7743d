import { closeSync, constants, fchmodSync, futimesSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { onDisk } from './on-disk.ts'
import type { RemoteFacts } from './remote-facts.ts'

const UMASK = process.umask()

/**
 * A file of this computer's that one request holds, as `part` until it is whole. At once: handing six calls to other threads and back takes
 * several times as long as they do, and in the worker nobody waits for it but transfers.
 */
export function writeSmall(part: string, target: string, bytes: Buffer, { mode, mtime }: RemoteFacts): void {
  const file = openNew(part, mode)
  try {
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written, bytes.length - written, written)
      if ((mode & UMASK) !== 0) fchmodSync(file, mode)
      futimesSync(file, mtime, mtime)
    } finally {
      closeSync(file)
    }
    renameSync(onDisk(part), onDisk(target))
  } catch (error) {
    forget(part)
    throw error
  }
}

/** Of this mode, but for the umask. What an earlier try of the same job left there makes room. */
function openNew(part: string, mode: number): number {
  const open = () => openSync(onDisk(part), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  try {
    return open()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    unlinkSync(onDisk(part))
    return open()
  }
}

function forget(part: string): void {
  try {
    unlinkSync(onDisk(part))
  } catch {
    // What could not be written may not be there.
  }
}
