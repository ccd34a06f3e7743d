import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Locator, Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Files of web-1' })
const list = (page: Page) => panel(page).getByRole('grid')
const row = (page: Page, name: string | RegExp): Locator =>
  list(page)
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
const menu = (page: Page, name: string) => page.getByRole('menuitem', { name })
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

/** web-1's home, on this computer's disk. */
let home: string

test.beforeEach(async ({ page, openApp, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo "<$HOME>"', /<\/.*>/)
  const said = /<(\/[^>]*)>/.exec(((await terminal(page, 'web-1').textContent()) ?? '').replace(/\s/g, ''))?.[1]
  if (!said) throw new Error('the shell did not say where its home is')
  home = said
  await expect(row(page, 'welcome.txt')).toBeVisible()
})

test('the files are beside the terminal at once, and one goes through them with keys alone', async ({ page }) => {
  await list(page).focus()
  await page.keyboard.type('ap')
  await page.keyboard.press('Enter')
  await expect(row(page, 'deploy.sh')).toBeVisible()
  await expect(panel(page).getByRole('textbox', { name: 'Path' })).toHaveValue('~/app')
  await list(page).focus()
  await page.keyboard.press('Backspace')
  await expect(row(page, 'app')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+a')
  await expect(panel(page).getByRole('status')).toContainText('3 selected')
  await page.keyboard.press('Control+Shift+E')
  await expect(panel(page)).toHaveCount(0)
  await page.getByRole('toolbar', { name: 'About web-1' }).getByRole('button', { name: 'Files' }).click()
  await expect(row(page, 'welcome.txt')).toBeVisible()
})

test('a path that is typed, back, forward, up and home lead where they say', async ({ page }) => {
  const path = panel(page).getByRole('textbox', { name: 'Path' })
  await path.fill('~/logs')
  await path.press('Enter')
  await expect(row(page, 'app.log')).toBeVisible()
  await button(page, 'Back').click()
  await expect(row(page, 'welcome.txt')).toBeVisible()
  await button(page, 'Forward').click()
  await expect(row(page, 'app.log')).toBeVisible()
  await button(page, 'Folder above').click()
  await expect(row(page, 'logs')).toHaveAttribute('aria-selected', 'true')
  await path.fill('nowhere')
  await path.press('Enter')
  await expect(panel(page).getByRole('alert')).toContainText('nowhere is not there')
  await path.fill('/etc')
  await path.press('Enter')
  await expect(panel(page).getByRole('alert')).toContainText('not allowed')
  await button(page, 'Home folder').click()
  await expect(row(page, 'welcome.txt')).toBeVisible()
})

test('hidden files come with their switch, the filter narrows, and a heading sorts', async ({ page }) => {
  await expect(row(page, '.bashrc')).toHaveCount(0)
  await button(page, 'Show hidden files').click()
  await expect(row(page, '.bashrc')).toBeVisible()
  await panel(page).getByRole('searchbox', { name: 'Filter' }).fill('LOG')
  await expect(list(page).getByRole('row')).toHaveCount(2)
  await expect(row(page, 'logs')).toBeVisible()
  await panel(page).getByRole('searchbox', { name: 'Filter' }).fill('nothing like it')
  await expect(list(page)).toContainText('Nothing here matches')
  await panel(page).getByRole('searchbox', { name: 'Filter' }).press('Escape')
  await list(page).getByRole('button', { name: 'Name' }).click()
  await expect(list(page).getByRole('row').nth(1)).toContainText('logs')
})

test('a hostile name is shown escaped, and a link says where it leads', async ({ page }) => {
  await writeFile(join(home, 'exe.\u202egpj'), '')
  await writeFile(join(home, 'two\nlines'), '')
  await symlink('app', join(home, 'current'))
  await symlink('gone', join(home, 'old'))
  await button(page, 'Refresh').click()
  await expect(row(page, 'exe.\\u202egpj')).toBeVisible()
  await expect(row(page, 'two\\x0alines')).toBeVisible()
  await expect(row(page, 'old').getByRole('gridcell').first()).toHaveAttribute('title', /gone, which is not there/)
  await row(page, 'current').dblclick()
  await expect(row(page, 'deploy.sh')).toBeVisible()
})

test('“cd” to a folder is typed for the person, who presses Enter', async ({ page }) => {
  await mkdir(join(home, "it's $(here)"))
  await button(page, 'Refresh').click()
  await row(page, "it's $(here)").click({ button: 'right' })
  await menu(page, 'Type “cd” to here').click()
  await expect(terminal(page, 'web-1')).toContainText('cd ')
  await page.keyboard.press('Enter')
  await answers(page, 'web-1', 'echo "at:$(basename "$PWD")"', "at:it's $(here)")
})

test('a path is copied', async ({ page }) => {
  await row(page, 'welcome.txt').click({ button: 'right' })
  await menu(page, 'Copy path').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(join(home, 'welcome.txt'))
})

test('thousands of entries are scrolled through with few rows in the page', async ({ page }) => {
  const folder = join(home, 'many')
  await mkdir(folder)
  for (let index = 0; index < 5_000; index += 1) await writeFile(join(folder, `file-${index}`), '')
  await button(page, 'Refresh').click()
  await row(page, 'many').dblclick()
  await expect(panel(page).getByRole('status')).toContainText('5,000 entries')
  await list(page).focus()
  await page.keyboard.press('End')
  await expect(row(page, 'file-4999')).toBeVisible()
  expect(await list(page).getByRole('row').count()).toBeLessThan(100)
})

test('a file is uploaded into the folder that is shown, and downloaded from its menu', async ({ page }) => {
  await row(page, 'app').dblclick()
  await expect(row(page, 'deploy.sh')).toBeVisible()
  await button(page, 'Upload to this folder…').click()
  const dialog = page.getByRole('dialog', { name: 'Upload to web-1' })
  await expect(dialog.getByRole('textbox', { name: 'Folder on the host' })).toHaveValue(/\/app$/)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Choose files' }).click()])
  await chooser.setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('from this computer') })
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await expect(row(page, 'notes.txt')).toBeVisible()
  await row(page, 'notes.txt').click({ button: 'right' })
  const [download] = await Promise.all([page.waitForEvent('download'), menu(page, 'Download').click()])
  expect(download.suggestedFilename()).toBe('notes.txt')
  expect(await text(await download.createReadStream())).toBe('from this computer')
})
