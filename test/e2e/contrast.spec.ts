import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/page.ts'

test('with the system’s own colours and more contrast, what is selected has a line around it, and marks keep their colour', async ({
  page,
  openApp,
}) => {
  await page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' })
  await openApp({ arguments: ['--demo'] })
  const row = page.getByRole('row', { name: 'web-1' })
  await row.click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await expect(row).toHaveCSS('outline-style', 'solid')
  await expect(page.getByRole('button', { name: 'Instances', exact: true })).toHaveCSS('outline-style', 'solid')
  const marks = page.locator('span[data-state=running]')
  await expect(marks.first()).toHaveCSS('forced-color-adjust', 'none')
  await expect(marks.first()).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})
