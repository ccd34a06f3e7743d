import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { type App, type AppOptions, createHome, startApp } from './app.ts'

interface Fixtures {
  /** Starts the app and opens its page; everything ends with the test. */
  openApp: (options?: AppOptions) => Promise<App>
  /** A person's empty home. */
  home: string
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  home: async ({}, use) => {
    const { home, remove } = await createHome()
    await use(home)
    await remove()
  },
  openApp: async ({ page, home }, use) => {
    const apps: App[] = []
    await use(async (options) => {
      const app = await startApp({ home, ...options })
      apps.push(app)
      await page.goto(app.address)
      // It is drawn once it knows the person's language, which is after it has loaded.
      await expect(page.getByRole('banner')).toBeVisible()
      return app
    })
    for (const app of apps) await app.stop()
  },
  page: async ({ page }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await use(page)
    expect(errors, 'the page threw nothing').toEqual([])
  },
})
export { expect }

export function instance(page: Page, name: string): Locator {
  return page.getByRole('tree', { name: 'Instances' }).getByRole('treeitem', { name: new RegExp(`^${name},`) })
}

export function terminal(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Terminal ${name}` })
}

/** Types a line into a terminal that has the focus, and waits for what it prints. */
export async function answers(page: Page, name: string, line: string, wanted: string | RegExp): Promise<void> {
  await terminal(page, name).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
  await expect(terminal(page, name)).toContainText(wanted)
}
