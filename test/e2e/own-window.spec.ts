import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const SOON = { timeout: 40_000 }
const tab = (page: Page, name: string) => page.getByRole('main').getByRole('tab').filter({ hasText: name })
const size = (page: Page, name: string) => terminal(page, name).locator('.xterm-screen').boundingBox()

async function choose(page: Page, name: string, item: string) {
  await tab(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('a tab goes to a window of its own with its shell, its name and its size, and comes back', async ({ page, openApp, context }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  for (const name of ['web-1', 'web-2']) {
    await instance(page, name).dblclick()
    await expect(terminal(page, name)).toContainText('$', SOON)
  }
  await answers(page, 'web-2', 'MARK=kept-$((40+2)); echo $MARK', 'kept-42')
  await choose(page, 'web-2', 'Rename')
  await page.getByRole('dialog').getByRole('textbox').fill('second')
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(terminal(page, 'second')).toBeVisible()
  const before = await size(page, 'second')

  const popup = page.waitForEvent('popup')
  await choose(page, 'second', 'Move to a window of its own')
  const own = await popup
  await expect(terminal(own, 'second')).toContainText('kept-42', SOON)
  await expect(tab(page, 'second')).toBeHidden()
  await expect(tab(own, 'Home')).toBeHidden()
  await expect(own).toHaveTitle('second – Mooring')
  const after = await size(own, 'second')
  expect(Math.abs((after?.width ?? 0) - (before?.width ?? 0))).toBeLessThan(20)
  expect(Math.abs((after?.height ?? 0) - (before?.height ?? 0))).toBeLessThan(40)
  // The same shell, with what it knows.
  await answers(own, 'second', 'echo again-$MARK', 'again-kept-42')
  expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([])

  // What is opened there stays there.
  await choose(own, 'second', 'Duplicate')
  await expect(tab(own, 'web-2')).toBeVisible(SOON)
  await expect(tab(page, 'web-2')).toBeHidden()
  await own.reload()
  await expect(terminal(own, 'second').or(terminal(own, 'web-2')).first()).toBeVisible(SOON)

  // By key, back; the window stays for the other one.
  await tab(own, 'second').click()
  await terminal(own, 'second').getByRole('textbox', { name: 'Terminal input' }).focus()
  await own.keyboard.press('Control+Shift+KeyM')
  await expect(terminal(page, 'second')).toContainText('again-kept-42', SOON)
  await expect(tab(own, 'second')).toBeHidden()

  // Closed as a window, it gives its tabs back; nothing ends.
  await own.close()
  await expect(tab(page, 'web-2')).toBeVisible(SOON)
  await expect(terminal(page, 'web-2')).toContainText('$', SOON)
  expect(context.pages()).toEqual([page])
})

test('windows that were open are offered again, where they were, and a window closes with its last tab', async ({
  page,
  openApp,
  context,
}) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('$', SOON)
  const popup = page.waitForEvent('popup')
  await choose(page, 'web-1', 'Move to a window of its own')
  const own = await popup
  await expect(terminal(own, 'web-1')).toContainText('$', SOON)
  const address = page.url()

  // The browser is closed, and opened again.
  const next = await context.newPage()
  await page.close()
  await own.close()
  // As every browser does it but one that a test has started: only for a click.
  await next.addInitScript(() => {
    const open = window.open.bind(window)
    window.open = () => null
    const clicked = () => {
      window.open = open
    }
    addEventListener('pointerdown', clicked, true)
  })
  await next.goto(address)
  const again = next.waitForEvent('popup')
  await next.getByRole('button', { name: 'Open the window' }).click()
  const same = await again
  await expect(terminal(same, 'web-1')).toContainText('$', SOON)
  await expect(tab(next, 'web-1')).toBeHidden()

  expect((await new AxeBuilder({ page: next }).analyze()).violations).toEqual([])
  const closed = same.waitForEvent('close')
  await choose(same, 'web-1', 'Close')
  await closed
  await expect(tab(next, 'web-1')).toBeHidden()
})
