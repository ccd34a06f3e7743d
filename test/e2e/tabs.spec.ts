import type { Page } from '@playwright/test'
import { expect, instance, terminal, test } from '../support/page.ts'

const SOON = { timeout: 40_000 }
const tabs = (page: Page) => page.getByRole('main').getByRole('tab')
const tab = (page: Page, name: string) => tabs(page).filter({ hasText: name })
const names = async (page: Page) => (await tabs(page).allInnerTexts()).map((text) => text.split('\n')[0])

async function choose(page: Page, name: string, item: string) {
  await tab(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('tabs are pinned, coloured, moved by keyboard, closed to the right and opened again', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  for (const name of ['web-1', 'web-2', 'build-agent']) {
    await instance(page, name).dblclick()
    await expect(tab(page, name)).toBeVisible(SOON)
  }
  expect(await names(page)).toEqual(['Home', 'web-1', 'web-2', 'build-agent'])

  await choose(page, 'build-agent', 'Pin')
  await expect(tab(page, 'build-agent').getByRole('img', { name: 'Pinned' })).toBeVisible()
  await expect.poll(() => names(page), SOON).toEqual(['Home', 'build-agent', 'web-1', 'web-2'])

  await choose(page, 'web-1', 'Rename')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Red' }).check()
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(tab(page, 'web-1').locator('span').first()).toHaveCSS('box-shadow', /inset/)

  await tab(page, 'web-2').click()
  await terminal(page, 'web-2').getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.press('Control+Shift+PageUp')
  await expect.poll(() => names(page), SOON).toEqual(['Home', 'build-agent', 'web-2', 'web-1'])

  await choose(page, 'web-2', 'Close those to the right')
  await expect.poll(() => names(page), SOON).toEqual(['Home', 'build-agent', 'web-2'])
  await choose(page, 'web-2', 'Open the last closed again')
  await expect.poll(() => names(page), SOON).toEqual(['Home', 'build-agent', 'web-2', 'web-1'])

  // What is pinned stays when the others go.
  await choose(page, 'web-1', 'Close the others')
  await expect.poll(() => names(page), SOON).toEqual(['Home', 'build-agent', 'web-1'])

  await page.reload()
  await expect(tab(page, 'build-agent').getByRole('img', { name: 'Pinned' })).toBeVisible(SOON)
})
