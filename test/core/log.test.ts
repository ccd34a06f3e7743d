import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../core/log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const lines = (name: string) =>
  readFileSync(join(folder, 'log', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('the log of the run before is kept, and no older one', () => {
  for (const run of ['first', 'second', 'third']) createLog(folder).info(run)
  expect(lines('mooring.log').map(({ msg }) => msg)).toEqual(['third'])
  expect(lines('mooring.before.log').map(({ msg }) => msg)).toEqual(['second'])
})

test('nobody else may read it, and secrets that get in by mistake are struck out', () => {
  createLog(folder).info({ password: 'hunter2', login: { passphrase: 'hunter2', deep: { token: 'hunter2' } } }, 'asked')
  expect(readFileSync(join(folder, 'log', 'mooring.log'), 'utf8')).not.toContain('hunter2')
  expect(statSync(join(folder, 'log', 'mooring.log')).mode & 0o777).toBe(0o600)
})

test('an app that ends at once has said why, and ends without a fault of the log', () => {
  const script = `import { createLog } from ${JSON.stringify(join(import.meta.dirname, '../../core/log.ts'))}
    createLog(process.argv[1]).error('cannot start')
    process.exit(3)`
  const run = () => execFileSync(process.execPath, ['--input-type=module', '--eval', script, folder], { stdio: 'pipe' })
  expect(run).toThrow(expect.objectContaining({ status: 3 }))
  expect(lines('mooring.log').map(({ msg }) => msg)).toEqual(['cannot start'])
})
