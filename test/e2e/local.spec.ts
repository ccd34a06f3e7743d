import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answers, expect, terminal, test } from '../support/page.ts'

async function openShell(page: Page, name: string) {
  await page.getByRole('button', { name: 'Terminal on this computer' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('a terminal of this computer stands beside the others, without what a host would have', async ({ page, openApp }) => {
  await openApp({ environment: { SHELL: '/bin/bash', PS1: 'here$ ' } })
  await page.getByRole('button', { name: 'Terminal on this computer' }).click()
  await expect(page.getByRole('menuitem').first()).toHaveText('bash')
  await page.keyboard.press('Escape')
  await openShell(page, 'bash')
  await answers(page, 'bash', 'echo sum-$((40+2))', 'sum-42')
  const about = page.getByRole('toolbar', { name: 'About bash' })
  await expect(about).toContainText('On this computer')
  await expect(about.getByRole('button', { name: 'Files' })).toHaveCount(0)
  await page.getByRole('tab', { name: 'bash' }).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: /Install/ })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.reload()
  await expect(terminal(page, 'bash')).toContainText('sum-42')
  await answers(page, 'bash', 'exit 3', 'ended with status 3')
  await page.keyboard.press('Enter')
  await answers(page, 'bash', 'echo back-$((40+3))', 'back-43')
  await about.getByRole('button', { name: 'Split to the right' }).click()
  await answers(page, 'bash (2)', 'echo second-$((40+4))', 'second-44')
  // No tooltip of what was clicked.
  await terminal(page, 'bash (2)').hover()
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})
