import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-desktop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the app says in a box that its folder is in use, and ends', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  writeFileSync(join(folder, 'in-use-by'), `${other.pid}\n`)
  const double = createElectronDouble()
  installElectronDouble(double)
  double.app.paths.set('home', folder)
  vi.stubEnv('HOME', folder)
  process.argv.push('--data-folder', folder)
  await import('../../electron/main.ts')
  expect(await double.app.exited.promise).toBe(1)
  expect(double.dialog.errors).toEqual([expect.stringContaining(`Mooring is already running on ${folder} (process ${other.pid})`)])
  other.kill()
})
