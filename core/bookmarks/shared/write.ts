import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileNameOf, type SharedRecord, writeRecord } from './record.ts'
import { type Stamp, stampOf } from './scan.ts'

/**
 * A record's file, as a whole or not at all. `expected`: how the file was when this was decided, undefined for none. Gives false, and leaves
 * everything as it is, when it is another one by now. Throws what the system says.
 */
export async function putFile(folder: string, record: SharedRecord, expected: Stamp | undefined): Promise<boolean> {
  const path = join(folder, fileNameOf(record))
  const beside = join(folder, `.${fileNameOf(record)}.${randomUUID().slice(0, 8)}.new`)
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(writeRecord(record))
      await file.sync()
    } finally {
      await file.close()
    }
    if ((await stampOf(path)) !== expected) return false
    await rename(beside, path)
    return true
  } finally {
    await rm(beside, { force: true })
  }
}

/** As `putFile`. */
export async function removeFile(folder: string, record: SharedRecord, expected: Stamp): Promise<boolean> {
  const path = join(folder, fileNameOf(record))
  if ((await stampOf(path)) !== expected) return false
  await rm(path)
  return true
}
