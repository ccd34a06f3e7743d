import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/page.ts'

const SOON = { timeout: 40_000 }

test('the updates of several instances: how each is reached, what is sent, what came of it, and the same as CSV', async ({
  page,
  openApp,
}) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  const row = (name: string) => page.getByRole('grid', { name: 'Instances' }).getByRole('row', { name })
  await row('web-1').click()
  for (const name of ['build-agent', 'batch']) await row(name).click({ modifiers: ['ControlOrMeta'] })
  await row('web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Updates…' }).click()

  const form = page.getByRole('form', { name: 'Updates of many instances' })
  await expect(form.getByText('Through Systems Manager:')).toBeVisible(SOON)
  await expect(form.getByText('Not: does not run')).toBeVisible()
  await form.getByText('Security only').click()
  await expect(form.getByText(/aws ssm send-command .*AWS-RunShellScript/)).toBeVisible(SOON)
  await form.getByText('Everything').click()
  await expect(form.getByText(/aws ssm send-command .*AWS-RunPatchBaseline .*"Install"/)).toBeVisible(SOON)
  await form.getByRole('button', { name: 'Update 2 instances' }).click()

  const results = page.getByRole('region', { name: 'Results' })
  await expect(results.getByText('3 of 3 ended')).toBeVisible(SOON)
  const rows = results.getByRole('table').getByRole('row')
  await expect(rows.nth(1)).toContainText('batch')
  await expect(results.getByRole('row', { name: /^build-agent/ })).toContainText('done')
  await results.getByRole('button', { name: 'Show the output of web-1' }).click()
  await expect(results.getByRole('group', { name: 'Output of web-1' })).toContainText('Setting up tzdata', SOON)
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])

  const saving = page.waitForEvent('download')
  await results.getByRole('button', { name: 'Save as CSV' }).click()
  const csv = await readFile(await (await saving).path(), 'utf8')
  expect(csv.split('\r\n').filter(Boolean)).toHaveLength(4)
  expect(csv).toContain('"web-1","i-0a41c7e92b5d3f801","practice","us-east-1","Systems Manager","done","0","0"')
})
