import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DesktopBridge } from '../../contract/desktop-bridge.ts'
import type { openPort } from '../../renderer/host/port.ts'
import { openPage, type TestPage } from '../support/core.ts'
import { installWindow } from '../support/electron/page-window.ts'
import type { WindowDouble } from '../support/electron/window.ts'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

/** The app as it is started, on the double: its own main process, preload and page, and its own core in a thread. */
const double = createElectronDouble()
let folder: string
let open: typeof openPort
let page: TestPage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-desktop-'))
  installElectronDouble(double)
  double.app.paths.set('home', folder)
  vi.stubEnv('HOME', folder)
  process.argv.push('--data-folder', folder)
  installWindow()
  await import('../../electron/main.ts')
  await vi.waitFor(() => expect(double.windows).toHaveLength(1))
  await import('../../electron/preload.ts')
  globalThis.mooring = double.bridge as DesktopBridge<File>
  open = (await import('../../renderer/host/port.ts')).openPort
  page = openPage(open)
}, 30_000)
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function currentWindow(): WindowDouble {
  return double.windows[0] as WindowDouble
}

test('the window shows the page, sandboxed and without Node', () => {
  const { options, webContents, shown } = currentWindow()
  expect(options.webPreferences).toEqual({
    preload: expect.stringMatching(/preload\.cjs$/),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
  })
  expect([webContents.mainFrame.url, shown]).toEqual(['app://mooring/', true])
})

test('a page that did not crash by itself is loaded again', () => {
  currentWindow().webContents.emit('render-process-gone', {}, { reason: 'oom' })
  currentWindow().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(currentWindow().webContents.reloads).toBe(1)
})

test('the page talks to the core through the port that it opened', async () => {
  expect(await page.client.app.info()).toMatchObject({
    host: 'desktop',
    version: '0.1.0',
    canChooseFiles: true,
    canOpenFiles: true,
    restarted: false,
  })
})

test('the vault is under the keychain’s key, which lies sealed on disk', async () => {
  for await (const vault of await page.client.vault.watch()) {
    expect(vault.kind).toBe('keychain')
    break
  }
  expect(JSON.parse(await readFile(join(folder, 'desktop', 'sealed-key.json'), 'utf8')).key).toBeTypeOf('string')
})

test('the system’s dialog serves the core', async () => {
  double.dialog.answer = []
  expect(await page.client.keys.choose({ what: 'file' })).toEqual([])
  expect(double.dialog.asked?.properties).toContain('openFile')
})

test('when the computer wakes the core is told, which tries lost connections at once', () => {
  double.powerMonitor.emit('resume')
  expect(double.cores.at(-1)?.told.at(-1)).toEqual({ kind: 'wake' })
})

test('the system’s proxy is asked of Chromium, and leads to hosts when the person wants it', async () => {
  double.session.proxy = 'SOCKS5 127.0.0.1:9; DIRECT'
  await page.client.settings.change({ proxy: { kind: 'system', address: '' } })
  const plan = await page.client.reach.plan({ target: { kind: 'host', host: 'far.example', choices: { port: 2222 } } })
  expect(plan.route).toEqual([{ kind: 'proxy', name: '127.0.0.1:9', detail: 'socks5', reason: 'settings' }])
  expect(double.session.resolved).toEqual(['https://far.example:2222'])
})

test('a second start only brings the window to the front', () => {
  currentWindow().minimized = true
  double.app.emit('second-instance')
  expect([double.windows.length, currentWindow().minimized]).toEqual([1, false])
})

test('when the core dies the page’s ports close, and the next one leads to a new core that says so', async () => {
  const control = open('control')
  const gone = new Promise<void>((resolve) => control.onClose(resolve))
  const exited = new Promise((resolve) => double.cores.at(-1)?.once('exit', resolve))
  double.cores.at(-1)?.kill()
  await Promise.all([gone, exited])
  page = openPage(open)
  expect(await page.client.app.info()).toMatchObject({ restarted: true })
})

test('the window’s place is kept, and taken again by the next window', () => {
  const bounds = { x: 30, y: 40, width: 900, height: 700 }
  currentWindow().bounds = bounds
  currentWindow().maximized = true
  const exit = vi.spyOn(double.app, 'quit').mockImplementation(() => {})
  currentWindow().close()
  exit.mockRestore()
  double.app.emit('activate')
  expect(currentWindow().options).toMatchObject(bounds)
  expect(currentWindow().maximized).toBe(true)
})

test('a page opens a window of its own, which is opened once, has the same confinement, and closes with the main one', () => {
  const ask = (id: string) => globalThis.mooring?.openWindow(id, { x: 60, y: 70, width: 800, height: 500 })
  ask('w-1')
  ask('w-1')
  const [main, own, ...more] = double.windows as [WindowDouble, WindowDouble]
  expect([own.webContents.mainFrame.url, own.shown, own.focused, more]).toEqual(['app://mooring/#window=w-1', true, true, []])
  expect(own.options).toMatchObject({ x: 60, y: 70, width: 800, height: 500, useContentSize: true })
  expect(own.options.webPreferences).toEqual(main.options.webPreferences)
  expect(own.webContents.openHandler?.({ url: 'file:///etc/passwd' } as never)).toEqual({ action: 'deny' })
  const exit = vi.spyOn(double.app, 'quit').mockImplementation(() => {})
  main.close()
  expect([double.windows, exit.mock.calls.length]).toEqual([[], 1])
  exit.mockRestore()
  double.app.emit('activate')
})

test('a window of its own that is closed leaves the main one, and can be opened again', () => {
  const ask = () => globalThis.mooring?.openWindow('w-2', { width: 800, height: 500 })
  ask()
  double.windows[1]?.close()
  expect(double.windows).toHaveLength(1)
  ask()
  expect(double.windows).toHaveLength(2)
  double.windows[1]?.close()
})

test('quitting ends the core first', async () => {
  const exited = new Promise((resolve) => double.cores.at(-1)?.once('exit', resolve))
  currentWindow().close()
  expect(await double.app.exited.promise).toBe(0)
  await exited
  expect(await readdir(folder)).toContain('desktop')
})
