import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { defaultSettings } from '../../contract/models/settings.ts'
import { expect, instance, test } from '../support/page.ts'

const demo = ['--demo']
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
const isFine = async (page: Page) => expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
async function run(page: Page, command: string) {
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('dialog', { name: 'Search' }).getByRole('textbox').fill(command)
  await page.keyboard.press('Enter')
}

test('the first start shows around in three steps, by keys alone; Escape skips them for good, and the search has them again', async ({
  page,
  openApp,
}) => {
  const app = await openApp({ arguments: demo, tour: true })
  await expect(dialog(page, 'Choose an instance')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused()
  await isFine(page)
  await page.keyboard.press('Enter')
  await expect(dialog(page, 'Be in its terminal')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await run(page, 'tour of mooring')
  await dialog(page, 'Choose an instance').getByRole('button', { name: 'Next' }).press('Enter')
  await dialog(page, 'Be in its terminal').getByRole('button', { name: 'Next' }).press('Enter')
  await expect(dialog(page, 'See what stands around it')).toContainText('3 of 3')
  await page.getByRole('button', { name: 'Begin' }).press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await app.stop()
  await openApp({ arguments: demo, tour: true })
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('F1 lists every command with its keys, says where things are for whoever comes from elsewhere and opens them, and what is new', async ({
  page,
  openApp,
}) => {
  await openApp({ arguments: demo })
  await expect(instance(page, 'web-1')).toBeVisible()
  await page.keyboard.press('F1')
  const help = dialog(page, 'Help')
  await help.getByRole('textbox', { name: 'Find in the help' }).fill('quick conn')
  await expect(help.getByRole('list', { name: 'Commands and keys' }).getByRole('listitem')).toHaveText(['Quick connectCtrl+Shift+N'])
  await isFine(page)

  await help.getByRole('tab', { name: 'From MobaXterm and PuTTY' }).click()
  await help.getByRole('textbox', { name: 'Find in the help' }).fill('multiexec')
  await expect(help.getByRole('row', { name: /MultiExec/ })).toContainText('Once a terminal is open.')
  await help.getByRole('textbox', { name: 'Find in the help' }).fill('puttygen')
  await isFine(page)
  await help.getByRole('button', { name: 'Open: Settings: Keys' }).click()
  await expect(dialog(page, 'Settings').getByRole('tab', { name: 'Keys' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await run(page, 'what’s new')
  await expect(help.getByRole('region', { name: /^Version \d/ }).first()).toBeVisible()
  await isFine(page)
})

test('another version says so once, quietly, and leads to what is new', async ({ page, openApp, home }) => {
  const folder = join(home, 'mooring-data')
  await mkdir(folder, { mode: 0o700 })
  const value = { ...defaultSettings, tourDone: true, newsSeen: '0.0.1' }
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, value }))
  await openApp()
  await page.getByRole('alert').filter({ hasText: 'This is Mooring' }).getByRole('button', { name: 'What’s new' }).click()
  await expect(dialog(page, 'Help').getByRole('tab', { name: 'What’s new' })).toHaveAttribute('aria-selected', 'true')
  await page.reload()
  await expect(page.getByRole('banner')).toBeVisible()
  await expect(page.getByText('This is Mooring')).toHaveCount(0)
})

test('a setting is found by its words on whichever page and gets the focus, from its dialog and from the search', async ({
  page,
  openApp,
}) => {
  await openApp({ arguments: demo })
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = dialog(page, 'Settings')
  const find = settings.getByRole('textbox', { name: 'Find a setting' })
  await find.fill('cursor')
  await expect(settings.getByRole('list', { name: 'Settings found' }).getByRole('button')).toHaveText([
    'CursorTerminal look',
    'The cursor blinksTerminal look',
  ])
  await isFine(page)
  await settings.getByRole('button', { name: 'The cursor blinks' }).click()
  await expect(settings.getByRole('switch', { name: 'The cursor blinks' })).toBeFocused()
  await find.fill('bell')
  await find.press('Enter')
  await expect(settings.getByRole('radiogroup', { name: 'Bell' }).getByRole('radio', { name: 'marks the tab' })).toBeFocused()
  await find.fill('zzzz')
  await expect(settings).toContainText('No setting has these words.')
  await page.keyboard.press('Escape')

  await run(page, 'lines kept above')
  await expect(settings.getByRole('textbox', { name: 'Lines kept above the screen' })).toBeFocused()
})
