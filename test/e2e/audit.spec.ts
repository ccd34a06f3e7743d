import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, instance, test } from '../support/page.ts'

test('the audit shows the regions side by side, mends what is open after it was shown, and is taken along', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await expect(instance(page, 'web-1')).toBeVisible({ timeout: 90_000 })
  await page.getByRole('button', { name: 'Audit' }).click()
  const audit = page.getByRole('dialog', { name: 'Audit' })
  const east = audit.getByRole('region', { name: 'practice, us-east-1' })
  const south = audit.getByRole('region', { name: 'practice, sa-east-1' })
  const open = east.getByRole('list', { name: 'SSH open to the world' })
  await expect(open).toContainText('ssh-open lets SSH (22) in from 0.0.0.0/0', { timeout: 20_000 })
  await expect(open).toContainText('used by batch')
  await expect(south.getByRole('list', { name: 'Metadata service without tokens (IMDSv1)' })).toContainText('legacy-app')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const download = page.waitForEvent('download')
  await audit.getByRole('button', { name: 'Export as CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toContain('"ssh-open lets SSH (22) in from 0.0.0.0/0"')
  await open.getByRole('button', { name: 'Only this computer: ssh-open' }).click()
  const change = page.getByRole('dialog', { name: 'Change a rule' })
  await expect(change).toContainText('SSH from 192.0.2.77/32')
  await change.getByRole('button', { name: 'Change the rule' }).click()
  await expect(open).not.toContainText('0.0.0.0/0', { timeout: 20_000 })
  await south.getByRole('button', { name: 'Require tokens: legacy-app' }).click()
  await page
    .getByRole('dialog', { name: /Metadata service/ })
    .getByRole('button', { name: 'Change it' })
    .click()
  await expect(south.getByRole('list', { name: 'Metadata service without tokens (IMDSv1)' })).toHaveCount(0, { timeout: 20_000 })
})
