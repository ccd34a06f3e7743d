import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export type Log = pino.Logger

/** A second lock on the door: nothing of ours logs these fields in the first place. */
const NEVER = ['password', 'passphrase', 'secretAccessKey', 'sessionToken', 'privateKey', 'values', 'text', 'value', 'token', 'answer']

/** JSON lines in `<folder>/log/mooring.log`; those of the run before are beside it. */
export function createLog(folder: string, level: pino.Level = 'info'): Log {
  const logFolder = join(folder, 'log')
  mkdirSync(logFolder, { recursive: true, mode: 0o700 })
  const file = join(logFolder, 'mooring.log')
  if (existsSync(file)) renameSync(file, join(logFolder, 'mooring.before.log'))
  const redact = NEVER.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    { level, base: null, redact: { paths: redact, censor: '[secret]' }, timestamp: pino.stdTimeFunctions.isoTime },
    // At once: what was said last before an end is what one looks for.
    pino.destination({ dest: file, sync: true, mode: 0o600 }),
  )
}
