import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const double = createElectronDouble()
beforeAll(() => installElectronDouble(double))

test('the file dialog shows hidden folders, because keys live in one', async () => {
  const { chooseFiles } = await import('../../electron/choose-files.ts')
  double.dialog.answer = ['/home/p/.ssh/id_ed25519']
  expect(await chooseFiles(undefined, 'file')).toEqual(['/home/p/.ssh/id_ed25519'])
  expect(double.dialog.asked?.properties).toEqual(['openFile', 'multiSelections', 'showHiddenFiles'])
})

test('cancelling chooses nothing', async () => {
  const { chooseFiles } = await import('../../electron/choose-files.ts')
  double.dialog.answer = []
  expect(await chooseFiles(undefined, 'folder')).toEqual([])
  expect(double.dialog.asked?.properties).toContain('openDirectory')
})

test('the system’s editor is given copies of hosts’ files, and nothing else of this computer', async () => {
  const { openCopy } = await import('../../electron/open-copy.ts')
  const copy = join('/data', 'edited', 'id', 'file', 'nginx.conf')
  expect(await openCopy('/data', copy)).toBe('')
  for (const other of ['/etc/passwd', '/data/vault', '/data/edited', '/data/edited/../../bin/sh', '/data/edited-not/x'])
    expect(await openCopy('/data', other)).not.toBe('')
  double.openProblem = 'No application is registered'
  expect(await openCopy('/data', copy)).toBe('No application is registered')
  expect(double.openedPaths).toEqual([copy, copy])
})

test('where a log goes is asked as a file to write', async () => {
  const { chooseFiles } = await import('../../electron/choose-files.ts')
  double.dialog.answer = ['/home/p/web-1.log']
  expect(await chooseFiles(undefined, 'log')).toEqual(['/home/p/web-1.log'])
  double.dialog.answer = []
  expect(await chooseFiles(undefined, 'log')).toEqual([])
})

test('a Mac has its menu; elsewhere the keys of a menu belong to the shell', async () => {
  const { setMenu } = await import('../../electron/menu.ts')
  setMenu('darwin')
  expect(double.menu).toEqual([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
  setMenu('linux')
  expect(double.menu).toBeNull()
})
