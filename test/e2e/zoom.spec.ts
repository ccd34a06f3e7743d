import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, terminal, test } from '../support/page.ts'

/** 1280 x 800 at 200 %. */
test.use({ viewport: { width: 640, height: 400 } })

/** Nothing is cut off at the side, and axe finds nothing. */
async function isWhole(page: Page, where: string) {
  const sizes = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(sizes[0], `${where} is as wide as the page`).toBe(sizes[1])
  const beyond = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, [role=dialog] section, [role=menuitem]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        const scrolls = element.closest(
          '[role=tablist], [role=grid], [role=table], .xterm, .mantine-ScrollArea-viewport, [style*="overflow"]',
        )
        return width > 1 && !scrolls && (left < -1 || right > innerWidth + 1)
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent),
  )
  expect(beyond, `${where}: beyond the page`).toEqual([])
  expect((await new AxeBuilder({ page }).analyze()).violations, where).toEqual([])
}

test('at 200 % nothing of the main screens is cut off', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await expect(page.getByRole('row', { name: 'web-1' })).toBeVisible()
  await isWhole(page, 'table')
  for (const room of ['Instances', 'Bookmarks', 'Tunnels']) {
    await page.getByRole('button', { name: room, exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await isWhole(page, room)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keys' }).click()
  await isWhole(page, 'settings')
  const box = await settings.boundingBox()
  expect(box && box.y >= 0 && box.y + box.height <= 400, 'the settings are within the page').toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: 'web-1' }).dblclick()
  await expect(terminal(page, 'web-1')).toContainText('@web-1:~$')
  await isWhole(page, 'terminal')
})

test('with the system’s own colours and more contrast, what is selected has a line around it, and marks keep their colour', async ({
  page,
  openApp,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
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
