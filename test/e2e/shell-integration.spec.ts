import type { Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

/** What the hook of a shell prints around prompts and commands (OSC 133), set up in bash as a person would. */
const HOOK = String.raw`PS1='\[\e]133;D;$?\a\e]133;A\a\]ready> \[\e]133;B\a\]'; PS0='\e]133;C\a'; clear`

test.beforeEach(async ({ page, openApp, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  await answers(page, 'web-1', HOOK, /ready>\s*$/)
})

/** How far the screen is scrolled: the number that is printed on its first line. */
const firstLine = async (page: Page) => (await terminal(page, 'web-1').locator('.xterm-rows > div').first().textContent()) ?? ''

test('keys go from prompt to prompt, and a command’s output is selected as a whole', async ({ page }) => {
  for (const start of [1000, 2000, 3000]) await answers(page, 'web-1', `seq ${start} ${start + 79}`, `${start + 79}`)
  for (const start of [3000, 2000, 1000]) {
    await page.keyboard.press('Control+Shift+ArrowUp')
    await expect.poll(() => firstLine(page), { timeout: 30_000 }).toContain(`seq ${start}`)
  }
  await page.keyboard.press('Control+Shift+ArrowDown')
  await expect.poll(() => firstLine(page), { timeout: 30_000 }).toContain('seq 2000')
  await page.keyboard.press('Control+Shift+O')
  await page.keyboard.press('Control+Shift+C')
  const lines = Array.from({ length: 80 }, (_, index) => `${3000 + index}`).join('\n')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 30_000 }).toBe(lines)
  await terminal(page, 'web-1')
    .locator('.xterm-screen')
    .click({ button: 'right', modifiers: ['Shift'], position: { x: 50, y: 100 } })
  await page.getByRole('menuitem', { name: 'Select the command’s output' }).click()
  await page.keyboard.press('Control+Shift+C')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 30_000 }).toMatch(/^2000\n2001\n/)
})

test('a command that took long or failed has it beside it, and one that ends unseen is told of', async ({ page, context }) => {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Terminal', exact: true }).click()
  const telling = page.getByRole('switch', { name: 'Tell me through the system' })
  await telling.click()
  await expect(page.getByText('The browser does not allow it')).toBeVisible()
  await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write'])
  await telling.click()
  await expect(telling).toBeChecked()
  await page.keyboard.press('Escape')
  await answers(page, 'web-1', 'false', /status 1/)
  await answers(page, 'web-1', 'sleep 2.2', /took \d+ sec/)
  const outside = await page.evaluateHandle(() => {
    // Another program is in front, which a browser that a test drives never says.
    document.hasFocus = () => false
    const told: string[] = []
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        told.push(options?.body ?? '')
      }
    }
    return told
  })
  await page.keyboard.type('sleep 10.5; (exit 3)\n')
  await instance(page, 'web-2').dblclick()
  const told = page.getByRole('status').filter({ hasText: 'sleep 10.5' })
  await expect(told).toContainText(/Failed on web-1 after \d+ sec with status 3/)
  expect(await outside.jsonValue()).toEqual([expect.stringMatching(/^Failed on web-1 after \d+ sec with status 3/)])
  await told.getByRole('button', { name: 'Show it' }).click()
  await expect(told).toHaveCount(0)
  await expect(terminal(page, 'web-1')).toBeVisible()
  // What was printed before a page was loaded anew did not happen now.
  await page.reload()
  await expect(terminal(page, 'web-1')).toContainText('sleep 10.5')
  await expect(page.getByRole('status').filter({ hasText: 'sleep' })).toHaveCount(0)
})
