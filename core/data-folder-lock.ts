import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Two cores on one folder would overwrite each other's files. Throws a sentence when another process has it; a process that died
 * without letting go does not count. Returns what lets go.
 */
export function lockDataFolder(folder: string): () => void {
  const file = join(folder, 'in-use-by')
  const holder = readHolder(file)
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new Error(`Mooring is already running on ${folder} (process ${holder}). End it, or start this one with --data-folder.`)
  }
  writeFileSync(file, `${process.pid}\n`, { mode: 0o600 })
  return () => {
    if (readHolder(file) === process.pid) rmSync(file, { force: true })
  }
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined // nobody, or not for us to read, and then writing says so
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
