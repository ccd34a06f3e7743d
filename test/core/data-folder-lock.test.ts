import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataFolder } from '../../core/data-folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder is held until it is let go, and can be taken again', () => {
  const release = lockDataFolder(folder)
  expect(readFileSync(join(folder, 'in-use-by'), 'utf8')).toBe(`${process.pid}\n`)
  release()
  expect(readdirSync(folder)).toEqual([])
  lockDataFolder(folder)()
})

test('a folder that a running process has is refused, with who has it and what to do', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  writeFileSync(join(folder, 'in-use-by'), `${other.pid}\n`)
  expect(() => lockDataFolder(folder)).toThrow(`(process ${other.pid}). End it, or start this one with --data-folder.`)
  const gone = once(other, 'exit')
  other.kill('SIGKILL')
  await gone
  lockDataFolder(folder)()
})

test('a damaged note of who has it stops nobody', () => {
  writeFileSync(join(folder, 'in-use-by'), 'nonsense')
  lockDataFolder(folder)()
})
