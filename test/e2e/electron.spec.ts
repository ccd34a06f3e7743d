import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { ensureBuilt } from '../../scripts/build.ts'
import { noDisplay } from '../../scripts/desktop.ts'
import { electronBinary } from '../../scripts/electron-binary.ts'
import { instance, terminal } from '../support/page.ts'

/** The real thing, wherever there is an Electron binary and a display for it; test/electron/ shows the same on a double. */
const ROOT = join(import.meta.dirname, '..', '..')
const display = noDisplay()
const binary = display === undefined ? await electronBinary(() => {}) : { problem: display }
const skipped = 'problem' in binary ? `The desktop app itself was not run, because ${binary.problem}.` : undefined
// Reporters keep the reason of a skipped test to themselves; workers would say it again.
if (skipped && process.env.TEST_WORKER_INDEX === undefined) process.stdout.write(`${skipped}\n`)

test.describe('the desktop app', () => {
  test.skip(skipped !== undefined, skipped)
  test.describe.configure({ mode: 'serial' })
  let folder: string
  let app: ElectronApplication
  let page: Page

  test.beforeAll(async () => {
    await ensureBuilt(() => {})
    folder = await mkdtemp(join(tmpdir(), 'mooring-electron-'))
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, value: { tourDone: true } }))
    app = await _electron.launch({
      executablePath: 'path' in binary ? binary.path : '',
      // A test machine's root; the product never does this.
      args: [ROOT, '--demo', '--data-folder', folder, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      env: { ...process.env, HOME: folder } as Record<string, string>,
    })
    page = await app.firstWindow()
  })
  test.afterAll(async () => {
    await app?.close()
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('opens a shell on an instance of the practice cloud', async () => {
    await instance(page, 'web-1').dblclick()
    await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  })

  test('its page has no Node, and goes nowhere', async () => {
    const inPage = await page.evaluate(() => ({
      node: [typeof (globalThis as Record<string, unknown>).require, typeof (globalThis as Record<string, unknown>).process],
      opened: window.open('file:///etc/passwd'),
      bridge: Object.keys((globalThis as unknown as { mooring: object }).mooring).sort(),
    }))
    expect(inPage).toEqual({
      node: ['undefined', 'undefined'],
      opened: null,
      bridge: ['openLink', 'openPort', 'openWindow', 'pathOf', 'readClipboard', 'setFullScreen', 'writeClipboard'],
    })
    await page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    expect(page.url()).toBe('app://mooring/')
  })

  test('moves a tab to a window of its own and back, with its shell', async () => {
    await terminal(page, 'web-1').getByRole('textbox', { name: 'Terminal input' }).focus()
    const opened = app.waitForEvent('window')
    await page.keyboard.press('Control+Shift+KeyM')
    const own = await opened
    await expect(terminal(own, 'web-1')).toContainText('ubuntu@web-1:~$')
    await expect(terminal(page, 'web-1')).toBeHidden()
    await terminal(own, 'web-1').getByRole('textbox', { name: 'Terminal input' }).focus()
    const closed = own.waitForEvent('close')
    await own.keyboard.press('Control+Shift+KeyM')
    await closed
    await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  })

  test('lives on when its core is killed', async () => {
    const core = await app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'Mooring core')?.pid)
    process.kill(core ?? 0, 'SIGKILL')
    await expect
      .poll(() => app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'Mooring core')?.pid ?? 0))
      .not.toBe(core)
    await expect(instance(page, 'web-1')).toBeVisible()
  })

  test('has no more cryptography than the tests of the lane "as in Electron" assume', async () => {
    const real = await app.evaluate(async () => {
      const crypto = process.getBuiltinModule('node:crypto')
      return { ciphers: crypto.getCiphers(), curves: crypto.getCurves(), argon2: 'argon2' in crypto }
    })
    expect(real.ciphers.filter((name) => /chacha|ccm|ocb|wrap/.test(name))).toEqual([])
    expect(real.curves).toEqual(expect.arrayContaining(['prime256v1', 'secp384r1', 'secp521r1']))
  })
})
