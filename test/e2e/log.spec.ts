import { appendFile, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startKnownHost } from '../support/host.ts'
import { expect, terminal, test } from '../support/page.ts'

const patient = expect.configure({ timeout: 30_000 })
const row = (page: Page, name: string) =>
  page
    .getByRole('grid', { name: /^Files of/ })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
const SFTP = `ForceCommand if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /usr/lib/openssh/sftp-server; fi; if [ -n "$SSH_ORIGINAL_COMMAND" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; fi; PS1='ready> ' exec /bin/sh`

let host: Awaited<ReturnType<typeof startKnownHost>>
let folder: string
test.beforeEach(async ({ page, openApp }) => {
  host = await startKnownHost({ config: [SFTP] })
  folder = await mkdtemp(join(tmpdir(), 'mooring-log-'))
  await writeFile(join(folder, 'app.log'), '\x1b[32mstarted\x1b[0m\n', { mode: 0o640 })
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
  await patient(terminal(page, '127.0.0.1')).toContainText('ready> ')
  await page.getByRole('combobox', { name: 'Path' }).fill(folder)
  await page.keyboard.press('Enter')
  await patient(row(page, 'app.log')).toBeVisible()
})
test.afterEach(async () => {
  await host.remove()
  await rm(folder, { recursive: true })
})

test('a log is followed as plain text, paused, searched, cleared, and beyond its rotation', async ({ page }) => {
  test.slow()
  const file = join(folder, 'app.log')
  await row(page, 'app.log').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Follow, as a log' }).click()
  const log = page.getByRole('textbox', { name: 'End of app.log on 127.0.0.1' })
  const button = (name: string) => page.getByRole('toolbar', { name: 'This file' }).getByRole('button', { name, exact: true })
  await patient(log).toContainText('started')
  await patient(log).not.toContainText('[32m')
  await appendFile(file, 'GET /one\n')
  await patient(log).toContainText('GET /one')

  await button('Pause').click()
  await appendFile(file, 'GET /two\n')
  await expect(page.getByText('Paused: nothing new is read')).toBeVisible()
  await button('Go on').click()
  await patient(log).toContainText('GET /two')

  await button('Clear what is shown').click()
  await expect(log).not.toContainText('GET')
  await expect(page.getByText('Nothing yet.')).toBeVisible()
  await rename(file, `${file}.1`)
  await writeFile(file, 'after the rotation\n')
  await patient(log).toContainText('Another file has this name now')
  await patient(log).toContainText('after the rotation')

  await log.focus()
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await page.keyboard.type('rotation')
  await expect(page.locator('.cm-searchMatch')).toHaveCount(1)
  // No tooltip of what was clicked before.
  await log.hover()
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.keyboard.press('Escape')
  await log.focus()
  await page.keyboard.press('Control+w')
  await expect(page.getByRole('tab', { name: 'app.log' })).toHaveCount(0)
})

test('what comes is followed to its end until one scrolls back, and of very much the last lines stay', async ({ page }) => {
  const file = join(folder, 'app.log')
  await row(page, 'app.log').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Follow, as a log' }).click()
  const log = page.getByRole('textbox', { name: 'End of app.log on 127.0.0.1' })
  await patient(log).toContainText('started')
  await appendFile(file, Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join(''))
  await patient(log).toContainText('line 29999')
  await log.hover()
  await page.mouse.wheel(0, -2_000)
  await patient(page.getByRole('button', { name: 'To the end' })).toBeVisible()
  await appendFile(file, 'the latest\n')
  await expect(log).not.toContainText('the latest')
  await page.getByRole('button', { name: 'To the end' }).click()
  await patient(log).toContainText('the latest')
  await log.focus()
  await page.keyboard.press('Control+Home')
  await patient(log).not.toContainText('started')
})

test('as root a double-click edits, says so in red, and saves with the same owner and mode', async ({ page }) => {
  await page.getByRole('button', { name: 'As root' }).click()
  await row(page, 'app.log').dblclick()
  const text = page.getByRole('textbox', { name: 'Text of app.log on 127.0.0.1' })
  await patient(text).toBeFocused()
  await expect(page.getByRole('toolbar', { name: 'This file' })).toContainText('As root')
  await page.keyboard.type('by root\n')
  await page.keyboard.press('Control+s')
  await patient(page.getByRole('img', { name: 'Has changes that are not saved' })).toHaveCount(0)
  expect(await readFile(join(folder, 'app.log'), 'utf8')).toContain('by root')
  expect((await stat(join(folder, 'app.log'))).mode & 0o777).toBe(0o640)
})
