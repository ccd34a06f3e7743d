import AxeBuilder from '@axe-core/playwright'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

test('many tabs are grouped by themselves, and a terminal can have the whole screen', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('@web-1:~$')

  // Alone on the screen, and back by the same key; what is around it is out of reach meanwhile.
  await page.keyboard.press('F11')
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toHaveCount(0)
  expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  await answers(page, 'web-1', 'echo $((40 + 2)) alone', '42 alone')
  expect((await terminal(page, 'web-1').boundingBox())?.width).toBeGreaterThan((page.viewportSize()?.width ?? 0) * 0.7)
  await page.keyboard.press('F11')
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeVisible()
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull()

  const main = page.getByRole('main')
  const local = async (count: number) => {
    await page.keyboard.press('Control+Shift+P')
    await page.getByPlaceholder(/Search/).fill('terminal on this computer')
    await page.keyboard.press('Enter')
    await expect(main.getByRole('region', { name: /^Terminal / }).last()).toBeVisible()
    await expect(main.getByRole('tab').filter({ hasNotText: 'web-1' })).toHaveCount(count + 1)
  }
  for (let count = 1; count <= 3; count++) await local(count)
  await main.getByRole('tab', { name: /web-1/ }).click()
  for (let count = 2; count <= 6; count++) {
    await main.getByRole('tab', { name: /web-1/ }).first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await expect(main.getByRole('tab', { name: new RegExp(`web-1 \\(${count}\\)`) })).toBeVisible()
  }
  const practice = main.getByRole('tab', { name: 'Group practice, 6 tabs' })
  await expect(practice).toHaveAttribute('aria-expanded', 'true')
  await expect(main.getByRole('tab', { name: 'Group This computer, 3 tabs' })).toBeVisible()
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
  await practice.press('Enter')
  await expect(practice).toHaveAttribute('aria-expanded', 'false')
})
