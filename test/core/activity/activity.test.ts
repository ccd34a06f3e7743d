import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openActivity } from '../../../core/activity/activity.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-activity-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const log = pino({ level: 'silent' })
const entry = (target: string) =>
  ({ profile: 'p', region: 'r', action: 'ec2:X', target, command: 'aws', cause: 'person', outcome: 'done' }) as const

test('what was done is kept, the newest first, for this person’s eyes only', async () => {
  const activity = openActivity(folder, log)
  await Promise.all([activity.add(entry('one')), activity.add(entry('two'))])
  expect((await openActivity(folder, log).list()).map(({ target }) => target)).toEqual(['two', 'one'])
  expect((await stat(join(folder, 'activity.jsonl'))).mode & 0o777).toBe(0o600)
})

test('a line that a crash cut short is left out, and takes no other with it', async () => {
  const activity = openActivity(folder, log)
  await activity.add(entry('one'))
  await appendFile(join(folder, 'activity.jsonl'), '{"at":"2026')
  await activity.add(entry('two'))
  expect((await activity.list()).map(({ target }) => target)).toEqual(['two', 'one'])
  expect((await readFile(join(folder, 'activity.jsonl'), 'utf8')).split('\n')).toHaveLength(4)
})
