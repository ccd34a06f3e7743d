import { test as base, expect } from '@playwright/test'
import { createHome, startApp } from '../support/app.ts'
import { instance, terminal } from '../support/page.ts'

base('a part of the page that breaks leaves the rest, and a reload brings it back with its terminal', async ({ page }) => {
  const { home, remove } = await createHome()
  const app = await startApp({ home, arguments: ['--demo'] })
  await page.route(/terminal-panel.*\.js/, (route) => route.abort())
  await page.goto(app.address)
  await instance(page, 'web-1').dblclick()
  const broken = page.getByRole('alert').filter({ hasText: 'This part of Mooring broke' })
  await expect(broken).toBeVisible()
  await instance(page, 'web-2').click()
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('web-2')
  await page.unroute(/terminal-panel.*\.js/)
  await broken.getByRole('button', { name: 'Reload the page' }).click()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  await app.stop()
  await remove()
})
