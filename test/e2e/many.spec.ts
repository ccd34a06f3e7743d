import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/page.ts'

const SOON = { timeout: 40_000 }

/** Selects them in the table, and says that a command is to be run on them. */
async function choose(page: Page, first: string, ...others: string[]) {
  const row = (name: string) => page.getByRole('grid', { name: 'Instances' }).getByRole('row', { name })
  await row(first).click()
  for (const name of others) await row(name).click({ modifiers: ['ControlOrMeta'] })
  await row(first).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run a command…' }).click()
}

test('one command on many hosts: side by side, by equal output, saved, and those with a problem again', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  await choose(page, 'web-1', 'web-2', 'build-agent', 'batch')

  // The one that is stopped is not among them.
  const form = page.getByRole('form', { name: 'Run a command on many hosts' })
  await expect(form.getByRole('button', { name: 'Run on 3 hosts' })).toBeDisabled()
  await form
    .getByRole('textbox', { name: 'Command' })
    .fill('echo same; case $USER in ec2-user) printf "\\033[31mother\\n"; exit 4;; esac; echo end')
  await form.getByRole('textbox', { name: 'Command' }).press('Control+Enter')

  const results = page.getByRole('region', { name: 'Results' })
  await expect(results.getByText('3 of 3 done')).toBeVisible(SOON)
  await expect(results.getByRole('group', { name: 'Output of web-1' })).toHaveText('same\nend')
  await expect(results.getByRole('group', { name: 'Output of web-2' })).toHaveText('same\nother')
  await expect(results.getByRole('region').first()).toContainText('web-2')
  await expect(results.getByRole('region', { name: 'web-2' })).toContainText('Exit code 4')
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])

  await results.getByText('By equal output').click()
  await expect(results.getByRole('region', { name: /Same output: web-2/ })).toContainText('− end')
  await expect(results.getByRole('region', { name: /Same output: web-2/ })).toContainText('+ other')
  await expect(results.getByRole('region', { name: /Same output: .*web-1/ })).toContainText('2 hosts')

  const saving = page.waitForEvent('download')
  await results.getByRole('button', { name: 'Save as text' }).click()
  const text = await readFile(await (await saving).path(), 'utf8')
  expect(text).toMatch(/^\$ echo same;/)
  expect(text).toMatch(/===== web-2: Exit code 4 · .*\nsame\nother\n\n===== /)

  await results.getByRole('button', { name: 'Choose those with a problem' }).click()
  await expect(form.getByRole('button', { name: 'Run on 1 host' })).toBeEnabled()
})

test('a host that nobody vouched for is left alone unless one asks, and what takes too long is cancelled', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  await choose(page, 'sensor-hub', 'web-1')
  const form = page.getByRole('form', { name: 'Run a command on many hosts' })
  await form.getByRole('switch', { name: 'Ask me what a host asks' }).click()
  await form.getByRole('textbox', { name: 'Command' }).fill('echo begun; sleep 600')
  await form.getByRole('button', { name: 'Run on 2 hosts' }).click()
  const results = page.getByRole('region', { name: 'Results' })
  await expect(results.getByRole('region', { name: 'sensor-hub' })).toContainText('nobody has vouched for its host key yet', SOON)
  await expect(results.getByRole('region', { name: 'web-1' })).toContainText('begun', SOON)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await results.getByRole('button', { name: 'Cancel on web-1' }).click()
  await expect(results.getByRole('region', { name: 'web-1' })).toContainText('Cancelled', SOON)
  await results.getByRole('button', { name: 'Forget' }).click()
  await expect(page.getByText('Write a command, choose hosts and run it')).toBeVisible()
})
