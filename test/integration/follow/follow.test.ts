import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { LOG_LIMITS, type LogPart } from '../../../contract/models/log-part.ts'
import { type FilesHost, startFilesHost } from '../files/host.ts'

let at: FilesHost
let terminalId: string
beforeAll(async () => {
  at = await startFilesHost()
  terminalId = await at.openTerminal()
})
afterAll(() => at.close())

/** Reads a log as a page does; each `next` says first that what came before is shown. */
async function follow(path: string, after?: number) {
  const over = new AbortController()
  onTestFinished(() => over.abort())
  const id = randomUUID()
  const input = { terminalId, id, path, ...(after !== undefined && { after }) }
  const parts = (await at.core.client.files.follow(input, { signal: over.signal }))[Symbol.asyncIterator]()
  let first = true
  async function next(): Promise<LogPart> {
    if (!first) await at.core.client.files.shown({ id })
    first = false
    const step = await parts.next()
    if (step.done) throw new Error('it ended')
    return step.value
  }
  return {
    next,
    pull: () => parts.next(),
    stop: () => over.abort(),
    /** The text up to one that ends with it. */
    async text(end: string) {
      for (let text = ''; ; ) {
        const part = await next()
        if (part.kind !== 'text') throw new Error(`${part.kind}, after ${text.slice(-100)}`)
        text += part.text
        if (text.endsWith(end)) return text
      }
    },
  }
}
function put(name: string, content: string | Buffer) {
  const path = join(at.folder, name)
  writeFileSync(path, content)
  return path
}

test('what is written to a log comes, whole characters at a time', async () => {
  const path = put('plain.log', 'one\n')
  const log = await follow(path)
  expect(await log.next()).toEqual({ kind: 'started', before: 0 })
  expect(await log.next()).toEqual({ kind: 'text', text: 'one\n', position: 4 })
  const [start, end] = [Buffer.from('ñ').subarray(0, 1), Buffer.from('ñ').subarray(1)]
  appendFileSync(path, Buffer.concat([Buffer.from('two '), start]))
  expect(await log.next()).toMatchObject({ text: 'two ' })
  appendFileSync(path, Buffer.concat([end, Buffer.from('\n')]))
  expect(await log.next()).toEqual({ kind: 'text', text: 'ñ\n', position: 11 })
})

test('of a large log its end is shown, from the beginning of a line; one that was followed before goes on', async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('')
  const path = put('large.log', lines)
  const log = await follow(path)
  expect(await log.next()).toEqual({ kind: 'started', before: lines.length - LOG_LIMITS.start })
  const text = await log.text('line 19999\n')
  expect(text.slice(0, 5)).toBe('line ')
  expect(lines.endsWith(`\n${text}`)).toBe(true)
  const again = await follow(path, lines.length - 'line 19999\n'.length)
  expect(await again.next()).toMatchObject({ kind: 'started' })
  expect(await again.next()).toMatchObject({ text: 'line 19999\n' })
})

test('one that is emptied begins again, and one that is rotated goes on in the new file after the end of the old one', async () => {
  const path = put('app.log', 'before\n')
  const log = await follow(path)
  await log.text('before\n').catch(() => undefined)
  await log.text('before\n')
  truncateSync(path)
  appendFileSync(path, 'two\n')
  expect(await log.next()).toEqual({ kind: 'truncated' })
  expect(await log.text('two\n')).toBe('two\n')

  renameSync(path, `${path}.1`)
  appendFileSync(`${path}.1`, 'last words\n')
  writeFileSync(path, 'new file, which is longer than the old one was\n')
  expect(await log.text('last words\n')).toBe('last words\n')
  expect(await log.next()).toEqual({ kind: 'replaced' })
  expect(await log.text('was\n')).toBe('new file, which is longer than the old one was\n')
})

test('one that goes away is waited for, and so is one that was never there', async () => {
  const path = put('away.log', 'one\n')
  const log = await follow(path)
  await log.next()
  await log.text('one\n')
  rmSync(path)
  expect(await log.next()).toEqual({ kind: 'missing' })
  writeFileSync(path, 'back\n')
  expect(await log.next()).toEqual({ kind: 'replaced' })
  expect(await log.text('back\n')).toBe('back\n')

  const never = join(at.folder, 'never.log')
  const waiting = await follow(never)
  expect(await waiting.next()).toEqual({ kind: 'missing' })
  writeFileSync(never, 'at last\n')
  expect(await waiting.next()).toEqual({ kind: 'replaced' })
  expect(await waiting.text('at last\n')).toBe('at last\n')
})

test('what nobody shows is not read, and one that grew too far meanwhile says how much is left out', async () => {
  const path = put('flood.log', 'start\n')
  const log = await follow(path)
  expect(await log.next()).toMatchObject({ kind: 'started' })
  const next = log.pull()
  appendFileSync(path, Buffer.alloc(2 * LOG_LIMITS.behind, 'x\n'))
  const other = await follow(put('beside.log', 'beside\n'))
  await other.next()
  // Two looks of another one have passed: nothing came of the first, which waits to be shown.
  await other.text('beside\n')
  appendFileSync(join(at.folder, 'beside.log'), 'more\n')
  await other.text('more\n')
  expect(await Promise.race([next, Promise.resolve('nothing')])).toBe('nothing')
})

test('a folder and a pipe are no logs, and a link is followed to what it leads to', async () => {
  const folder = join(at.folder, 'folder')
  mkdirSync(folder)
  const failed = await follow(folder)
  expect(await failed.next()).toMatchObject({ kind: 'failed', error: { code: 'FILE_NOT_EDITABLE', details: { problem: 'not-a-file' } } })
  const target = put('release-1.log', 'one\n')
  const link = join(at.folder, 'current.log')
  symlinkSync(target, link)
  const log = await follow(link)
  await log.next()
  expect(await log.text('one\n')).toBe('one\n')
  rmSync(link)
  symlinkSync(put('release-2.log', 'longer than one\n'), link)
  for (let part = await log.next(); part.kind !== 'replaced'; part = await log.next()) expect(part.kind).toBe('missing')
  expect(await log.text('one\n')).toBe('longer than one\n')
})
