import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Draft } from '../../../contract/models/text-file.ts'
import { openDrafts } from '../../../core/editor/drafts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-drafts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const draft: Draft = {
  target: { kind: 'host', host: 'web-1' },
  host: 'web-1',
  asRoot: false,
  path: '/etc/motd',
  text: 'first',
  encoding: 'utf-8',
  lineEnds: 'lf',
  version: { size: 1, hash: 'abc' },
}

test('unsaved work is kept for this user alone, the last of a file of a host, and is there for the next core', async () => {
  const drafts = openDrafts(folder)
  await Promise.all([drafts.keep(draft), drafts.keep({ ...draft, text: 'second' })])
  await drafts.keep({ ...draft, path: '/etc/hosts' })
  const files = readdirSync(join(folder, 'drafts'))
  expect(files.map((name) => statSync(join(folder, 'drafts', name)).mode & 0o777)).toEqual([0o600, 0o600])
  const next = openDrafts(folder)
  const motd = next.state.value.find(({ path }) => path === '/etc/motd')
  expect(next.state.value.length).toBe(2)
  expect(await next.read(motd?.id ?? '')).toEqual({ ...draft, text: 'second' })
})

test('what was discarded is gone, and what is damaged is not offered', async () => {
  const drafts = openDrafts(folder)
  await drafts.keep(draft)
  const [entry] = drafts.state.value
  await Promise.all([drafts.keep({ ...draft, text: 'later' }), drafts.discard(entry?.id ?? '')])
  writeFileSync(join(folder, 'drafts', `${entry?.id}.json`), '{')
  expect([drafts.state.value, openDrafts(folder).state.value]).toEqual([[], []])
  await expect(drafts.read('../settings')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a folder that takes nothing is said', async () => {
  writeFileSync(join(folder, 'drafts'), 'in the way')
  await expect(openDrafts(folder).keep(draft)).rejects.toMatchObject({ code: 'DRAFT_NOT_KEPT' })
})
