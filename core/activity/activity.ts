import { appendFile, chmod, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ActivityEntry, activityEntry } from '../../contract/models/activity.ts'
import type { Log } from '../log.ts'

/** What was done to the person's accounts: JSON lines in `<folder>/activity.jsonl`, and one older file beside it. */
export interface Activity {
  /** A disk that is full is no reason to say that something failed which AWS has done: that goes to the log. */
  add(entry: Omit<ActivityEntry, 'at'>): Promise<void>
  /** The newest first. Lines that are damaged are left out. */
  list(): Promise<ActivityEntry[]>
}

/** About ten thousand changes. */
const LIMIT_BYTES = 4 * 1024 * 1024
const SHOWN = 5_000

export function openActivity(folder: string, log: Log): Activity {
  const file = join(folder, 'activity.jsonl')
  const older = join(folder, 'activity.older.jsonl')
  let turn: Promise<void> = Promise.resolve()

  async function write(entry: ActivityEntry) {
    try {
      const { size } = await stat(file).catch(() => ({ size: 0 }))
      if (size > LIMIT_BYTES) await rename(file, older)
      // A line that a crash cut short must not take the next one with it.
      const cut = size > 0 && size <= LIMIT_BYTES && !(await readFile(file, 'utf8')).endsWith('\n')
      await appendFile(file, `${cut ? '\n' : ''}${JSON.stringify(entry)}\n`, { mode: 0o600 })
      await chmod(file, 0o600)
    } catch (error) {
      log.error({ err: error }, 'the activity log could not be written')
    }
  }

  return {
    add(entry) {
      turn = turn.then(() => write({ at: new Date().toISOString(), ...entry }))
      return turn
    },
    async list() {
      await turn
      const texts = await Promise.all([older, file].map((path) => readFile(path, 'utf8').catch(() => '')))
      return texts
        .join('')
        .split('\n')
        .flatMap((line) => parse(line) ?? [])
        .slice(-SHOWN)
        .reverse()
    },
  }
}

function parse(line: string): ActivityEntry | undefined {
  try {
    return activityEntry.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
