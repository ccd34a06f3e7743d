import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export type Log = pino.Logger

/** A second lock on the door: nothing of ours logs these fields in the first place. */
const NEVER = ['password', 'passphrase', 'secretAccessKey', 'sessionToken', 'privateKey', 'values', 'text', 'value', 'token', 'answer']

/** JSON lines in `<folder>/log/mooring.log`, this run's and the one before. */
export function createLog(folder: string, level: pino.Level = 'info'): Log {
  const logFolder = join(folder, 'log')
  mkdirSync(logFolder, { recursive: true, mode: 0o700 })
  const redact = NEVER.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    { level, base: null, redact: { paths: redact, censor: '[secret]' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: join(logFolder, 'mooring.log'), sync: false, mode: 0o600, mkdir: true }),
  )
}
